"""The only writers of designations, criteria and poor lists."""

from pendamping.targeting.actions.criteria import ratify_criteria, set_criteria
from pendamping.targeting.actions.lists import change_list, draft_list, post_list, ratify_list
from pendamping.targeting.actions.objections import object_to_list, settle_objection
from pendamping.targeting.actions.wards import designate_ward

__all__ = [
    "change_list",
    "designate_ward",
    "draft_list",
    "object_to_list",
    "post_list",
    "ratify_criteria",
    "ratify_list",
    "set_criteria",
    "settle_objection",
]
