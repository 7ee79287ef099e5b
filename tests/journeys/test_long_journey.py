"""The whole way of a ward, from the census to the loan book, by what stands on the screen."""

import pytest

from tests.journeys import walk_list, walk_money
from tests.journeys.screen import Ward


@pytest.fixture
def ward(browser, practice_site):
    people = Ward(browser, practice_site.url)
    yield people
    people.close()


def test_a_ward_walks_from_the_census_to_the_loan_book(ward, tmp_path):
    walk_list.count_the_households(ward, tmp_path)
    walk_list.settle_the_double(ward)
    walk_list.designate_the_ward(ward)
    walk_list.write_down_the_criteria(ward)
    walk_list.draft_the_list(ward)
    walk_list.go_on_to(ward, walk_list.POSTED, "10 Desember 2003")
    walk_list.post_the_list(ward)
    walk_list.find_it_too_early_to_ratify(ward)
    walk_list.go_on_to(ward, walk_list.RATIFIED, "27 Desember 2003")
    walk_list.ratify_criteria_and_list(ward)
    walk_list.go_on_to(ward, walk_money.FORMED, "20 Januari 2004")
    walk_money.open_the_books(ward)
    walk_money.form_a_group(ward)
    walk_money.refuse_to_lend_too_early(ward)
    walk_list.go_on_to(ward, walk_money.PAID_OUT, "12 Mei 2004")
    walk_money.save_for_three_months(ward)
    walk_money.train_and_keep_books(ward)
    walk_money.lend(ward)
    walk_list.go_on_to(ward, walk_money.READ, "15 November 2004")
    walk_money.take_three_instalments(ward)
    walk_money.read_the_loan_book(ward)
