"""Who may pass where: every address of the site for every role, and for a resident without account.

``+`` passes, ``-`` is refused (403), ``>`` is sent to the login. ``status``: what those who pass see on
GET; 404 where the record of the address is made up here, 405 where the address only takes forms. An
address that is missing here fails the test, with the row as it is now: read it, then add it.

Nobody here has a password or a second factor yet, so there is nothing with which to confirm who one
is: both ``reauthenticate`` pages refuse.
"""

import pytest
from django.test import Client
from django.urls import reverse

from pendamping.access import actions as access
from pendamping.access.rules import ROLES
from tests.architecture.test_addresses import addresses
from tests.rooms.who_may_more import MORE
from tests.staging import staged

pytestmark = pytest.mark.django_db

SHARES = 8
COLUMNS = {
    # column: who of the cast (the stranger holds a role next door; nobody has no account)
    "adm": "administrator",
    "wad": "ward_admin",
    "fac": "facilitator",
    "cad": "cadre",
    "boa": "chair",
    "tre": "treasurer",
    "boo": "bookkeeper",
    "sec": "secretary",
    "off": "officer",
    "ver": "verifier",
    "lea": "lead",
    "str": "stranger",
    "nob": None,
}

MATRIX = (
    """
address                      status  adm wad fac cad boa tre boo sec off ver lea str nob
access:all_end               405       +   -   -   -   -   -   -   -   -   -   -   -   >
access:all_give              200       +   -   -   -   -   -   -   -   -   -   -   -   >
access:all_invite            200       +   -   -   -   -   -   -   -   -   -   -   -   >
access:all_people            200       +   -   -   -   -   -   -   -   -   -   -   -   >
access:all_reset             405       +   -   -   -   -   -   -   -   -   -   -   -   >
access:all_reset_phone       405       +   -   -   -   -   -   -   -   -   -   -   -   >
access:all_slip_pdf          405       +   -   -   -   -   -   -   -   -   -   -   -   >
access:end                   405       +   +   -   -   -   -   -   -   -   -   -   -   >
access:give                  200       +   +   -   -   -   -   -   -   -   -   -   -   >
access:invite                200       +   +   -   -   -   -   -   -   -   -   -   -   >
access:password              200       +   +   +   +   +   +   +   +   +   +   +   +   >
access:people                200       +   +   -   -   -   -   -   -   -   -   -   -   >
access:reset                 405       +   +   -   -   -   -   -   -   -   -   -   -   >
access:reset_phone           405       +   +   -   -   -   -   -   -   -   -   -   -   >
access:slip                  200       +   +   +   +   +   +   +   +   +   +   +   +   +
access:slip_pdf              405       +   +   -   -   -   -   -   -   -   -   -   -   >
account_login                200/302   +   +   +   +   +   +   +   +   +   +   +   +   +
account_logout               200/302   +   +   +   +   +   +   +   +   +   +   +   +   +
account_reauthenticate       none      -   -   -   -   -   -   -   -   -   -   -   -   >
desk:practice                404       +   +   +   -   -   -   -   -   -   -   -   -   >
desk:today                   200       +   +   +   +   +   +   +   +   +   +   +   -   >
desk:trail                   200       +   +   +   -   +   -   -   -   -   +   +   -   >
elections:ballots_pdf        404       -   +   +   +   -   -   -   -   -   -   -   -   >
elections:board              200       +   +   +   +   +   +   +   +   +   +   +   -   >
elections:board_pdf          200       +   +   +   +   +   +   +   +   +   +   +   -   >
elections:close              404       -   +   +   +   -   -   -   -   -   -   -   -   >
elections:coordinator        404       -   +   +   +   -   -   -   -   -   -   -   -   >
elections:election           404       +   +   +   +   +   +   +   +   +   +   +   -   >
elections:give_up            405       -   +   +   +   -   -   -   -   -   -   -   -   >
elections:leave              404       -   +   +   +   -   -   -   -   -   -   -   -   >
elections:lot                404       -   +   +   +   -   -   -   -   -   -   -   -   >
elections:minutes_pdf        404       +   +   +   +   +   +   +   +   +   +   +   -   >
elections:open               405       -   +   +   +   -   -   -   -   -   -   -   -   >
elections:paper              200       -   +   +   +   -   -   -   +   -   -   -   -   >
elections:prepare            200       -   +   +   +   -   -   -   -   -   -   -   -   >
elections:round              404       +   +   +   +   +   +   +   +   +   +   +   -   >
elections:seat               404       -   +   +   +   -   -   -   -   -   -   -   -   >
elections:sheet_pdf          404       -   +   +   +   -   -   -   -   -   -   -   -   >
elections:sheets_pdf         404       -   +   +   +   -   -   -   -   -   -   -   -   >
elections:station            404       +   +   +   +   +   +   +   +   +   +   +   -   >
elections:voters_pdf         404       -   +   +   +   -   -   -   -   -   -   -   -   >
grants:agree                 200       -   -   -   -   +   -   -   -   -   -   -   -   >
grants:allocate              200       -   -   +   -   -   -   -   +   -   -   -   -   >
grants:give                  200       -   -   -   -   -   -   -   +   -   -   -   -   >
grants:grant                 404       +   +   +   +   +   +   +   +   +   +   +   -   >
grants:grant_pdf             404       +   +   +   +   +   +   +   +   +   +   +   -   >
grants:home                  200       +   +   +   +   +   +   +   +   +   +   +   -   >
grants:movement              404       +   +   +   +   +   +   +   +   +   +   +   -   >
grants:pass_on               404       -   -   -   -   -   -   -   +   -   -   -   -   >
grants:photo                 404       +   +   +   +   +   +   +   +   +   +   +   -   >
grants:report                404       +   +   +   +   +   +   +   +   +   +   +   -   >
grants:report_pdf            404       +   +   +   +   +   +   +   +   +   +   +   -   >
grants:report_xlsx           404       +   +   +   +   +   +   +   +   +   +   +   -   >
grants:social                200       +   +   +   +   +   +   +   +   +   +   +   -   >
grants:split                 404       -   -   +   -   +   -   -   -   -   -   -   -   >
grants:step                  404       +   +   +   +   +   +   +   +   +   +   +   -   >
grants:tranche               404       +   +   +   +   +   +   +   +   +   +   +   -   >
grants:transfer              200       -   -   -   -   +   -   -   +   -   -   -   -   >
grants:window                404       +   +   +   +   +   +   +   +   +   +   +   -   >
grants:works                 200       +   +   +   +   +   +   +   +   +   +   +   -   >
guidelines:changes           200       +   +   +   +   +   +   +   +   +   +   +   -   >
guidelines:decide            404       -   -   +   -   +   -   -   -   -   -   -   -   >
guidelines:decisions         200       +   +   +   +   +   +   +   +   +   +   +   -   >
guidelines:end               404       -   -   +   -   +   -   -   -   -   -   -   -   >
guidelines:record_end        404       -   -   +   -   +   -   -   -   -   -   -   -   >
guidelines:reader            200       +   +   +   +   +   +   +   +   +   +   +   -   >
guidelines:record            404       -   -   +   -   +   -   -   -   -   -   -   -   >
guidelines:section           200       +   +   +   +   +   +   +   +   +   +   +   -   >
guidelines:sources           200       +   +   +   +   +   +   +   +   +   +   +   -   >
healthz                      200       +   +   +   +   +   +   +   +   +   +   +   +   +
home                         200/302   +   +   +   +   +   +   +   +   +   +   +   +   >
households:add               200       -   +   +   +   -   -   -   -   -   -   -   -   >
households:birth             404       -   +   +   +   -   -   -   -   -   -   -   -   >
households:confirm           405       -   +   +   +   -   -   -   -   -   -   -   -   >
households:correct           404       -   +   +   +   -   -   -   -   -   -   -   -   >
households:death             404       -   +   +   +   -   -   -   -   -   -   -   -   >
households:discard           405       -   +   +   +   -   -   -   -   -   -   -   -   >
households:errors_csv        404       -   +   +   +   -   -   -   -   -   -   -   -   >
households:errors_xlsx       404       -   +   +   +   -   -   -   -   -   -   -   -   >
households:findings          404       -   +   +   +   -   -   -   -   -   -   -   -   >
households:home              404       -   +   +   +   +   +   +   +   -   +   -   -   >
households:join              404       -   +   +   +   -   -   -   -   -   -   -   -   >
households:list              200       -   +   +   +   +   +   +   +   -   +   -   -   >
households:move_in           404       -   +   +   +   -   -   -   -   -   -   -   -   >
households:move_out          404       -   +   +   +   -   -   -   -   -   -   -   -   >
households:reveal            404       -   +   +   -   -   -   -   -   -   -   -   -   >
households:similar           200       -   +   +   +   +   +   +   +   -   +   -   -   >
households:split             404       -   +   +   +   -   -   -   -   -   -   -   -   >
households:take_back         404       -   +   +   +   -   -   -   -   -   -   -   -   >
households:take_back_home    404       -   +   +   +   -   -   -   -   -   -   -   -   >
households:template          200       -   +   +   +   -   -   -   -   -   -   -   -   >
households:upload            200       -   +   +   +   -   -   -   -   -   -   -   -   >
institutions:check           405       -   -   +   +   +   -   -   -   -   -   -   -   >
institutions:choose          200       -   -   +   +   +   -   -   -   -   -   -   -   >
institutions:followers       404       -   -   +   -   +   -   -   -   -   -   -   -   >
institutions:form            404       -   -   +   +   +   -   -   -   -   -   -   -   >
institutions:group           404       +   +   +   +   +   +   +   +   +   +   +   -   >
institutions:join            404       -   -   +   +   -   -   -   -   -   -   -   -   >
institutions:leave           404       -   -   +   +   -   -   -   -   -   -   -   -   >
institutions:list            200       +   +   +   +   +   +   +   +   +   +   +   -   >
institutions:meet            404       -   +   +   +   +   -   -   -   -   -   -   -   >
institutions:officer         404       -   -   +   -   +   -   -   -   -   -   -   -   >
institutions:pledge_pdf      404       -   +   +   +   +   +   +   +   -   +   -   -   >
institutions:pledge_to_sign  405       -   -   +   +   +   -   -   -   -   -   -   -   >
institutions:step            404       -   -   +   +   -   -   -   -   -   -   -   -   >
language                     405       +   +   +   +   +   +   +   +   +   +   +   +   +
ledger:account               404       -   -   +   -   +   +   +   +   -   +   +   -   >
ledger:beancount             200       -   -   +   -   +   +   +   +   -   +   +   -   >
ledger:entry                 404       -   -   +   -   +   +   +   +   -   +   +   -   >
ledger:journal               200       -   -   +   -   +   +   +   +   -   +   +   -   >
ledger:open                  405       -   -   -   -   -   +   -   -   -   -   -   -   >
ledger:trial                 200       -   -   +   -   +   +   +   +   -   +   +   -   >
ledger:voucher               200       -   -   -   -   -   +   +   -   -   -   -   -   >
ledger:voucher_pdf           404       -   -   +   -   +   +   +   +   -   +   +   -   >
loans:apply                  200       -   -   +   +   -   +   -   -   -   -   -   -   >
loans:approve                405       -   -   -   -   +   -   -   -   -   -   -   -   >
loans:blank                  302       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:book                   200       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:card                   404       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:check                  405       -   -   +   +   -   +   -   -   -   -   -   -   >
loans:collect                200       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:collection_loan        404       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:contract               404       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:cycles                 200       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:disburse               405       -   -   -   -   -   +   -   -   -   -   -   -   >
loans:fill                   302       -   -   -   -   -   +   -   -   -   -   -   -   >
loans:ladder                 200       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:letter                 404       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:list                   200       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:loan                   404       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:members                404       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:members_pdf            404       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:receipt                404       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:payout_pdf             404       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:receipt_pdf            404       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:refer                  404       -   -   +   -   +   +   -   -   -   -   -   -   >
loans:referral               404       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:refund                 404       -   -   -   -   -   +   -   -   -   -   -   -   >
loans:refund_back            405       -   -   -   -   -   +   -   -   -   -   -   -   >
loans:reject                 405       -   -   -   -   +   -   -   -   -   -   -   -   >
loans:repay                  404       -   -   -   -   -   +   -   -   -   -   -   -   >
loans:reschedule             404       -   -   -   -   +   -   -   -   -   -   -   -   >
loans:reschedule_back        405       -   -   -   -   +   -   -   -   -   -   -   -   >
loans:reserve                200       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:reserve_pdf            200       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:settle                 404       -   -   -   -   -   +   -   -   -   -   -   -   >
loans:sheet                  404       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:sheet_pdf              404       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:sign                   404       -   -   +   +   -   +   -   -   -   -   -   -   >
loans:split                  404       -   -   -   -   -   +   -   -   -   -   -   -   >
loans:stop                   200       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:take_back              405       -   -   -   -   -   +   -   -   -   -   -   -   >
loans:withdraw               405       -   -   +   +   -   +   -   -   -   -   -   -   >
loans:write_off              404       -   -   -   -   +   -   -   -   -   -   -   -   >
loans:write_off_back         405       -   -   -   -   +   -   -   -   -   -   -   -   >
loans:written_off            200       +   +   +   +   +   +   +   +   +   +   +   -   >
loans:written_off_pdf        200       +   +   +   +   +   +   +   +   +   +   +   -   >
meetings:call                200       -   +   +   +   +   -   -   -   -   -   -   -   >
meetings:decide              404       -   +   +   -   +   -   -   -   -   -   -   -   >
meetings:heads               404       -   +   +   +   +   -   -   -   -   -   -   -   >
meetings:list                200       +   +   +   +   +   +   +   +   +   +   +   -   >
meetings:meeting             404       +   +   +   +   +   +   +   +   +   +   +   -   >
meetings:minutes             404       -   +   +   -   +   -   -   -   -   -   -   -   >
meetings:minutes_pdf         404       +   +   +   +   +   +   +   +   +   +   +   -   >
meetings:roll                404       -   +   +   +   +   -   -   -   -   -   -   -   >
meetings:roll_pdf            404       -   +   +   +   +   -   -   -   -   -   -   -   >
meetings:search              404       -   +   +   +   +   -   -   -   -   -   -   -   >
mfa_activate_totp            200       +   +   +   +   +   +   +   +   +   +   +   +   >
mfa_authenticate             302       +   +   +   +   +   +   +   +   +   +   +   +   +
mfa_deactivate_totp          404       +   +   +   +   +   +   +   +   +   +   +   +   >
mfa_download_recovery_codes  404       +   +   +   +   +   +   +   +   +   +   +   +   >
mfa_generate_recovery_codes  200       +   +   +   +   +   +   +   +   +   +   +   +   >
mfa_index                    200       +   +   +   +   +   +   +   +   +   +   +   +   >
mfa_reauthenticate           none      -   -   -   -   -   -   -   -   -   -   -   -   >
mfa_view_recovery_codes      404       +   +   +   +   +   +   +   +   +   +   +   +   >
readyz                       503       +   +   +   +   +   +   +   +   +   +   +   +   +
savings:card                 404       +   +   +   +   +   +   +   +   +   +   +   -   >
savings:card_pdf             404       +   +   +   +   +   +   +   +   +   +   +   -   >
savings:receipt_pdf          404       +   +   +   +   +   +   +   +   +   +   +   -   >
savings:receipt              404       +   +   +   +   +   +   +   +   +   +   +   -   >
savings:register             200       +   +   +   +   +   +   +   +   +   +   +   -   >
source                       200       +   +   +   +   +   +   +   +   +   +   +   +   +
style                        200       +   +   +   +   +   +   +   +   +   +   +   +   +
targeting:criteria           200       -   -   +   +   -   -   -   -   -   -   -   -   >
targeting:designate          200       +   -   +   -   -   -   -   -   -   -   +   -   >
targeting:designation        404       +   +   +   +   +   +   +   +   +   +   +   -   >
targeting:draft              200       -   -   +   +   -   -   -   -   -   -   -   -   >
targeting:edit               404       -   -   +   +   -   -   -   -   -   -   -   -   >
targeting:home               200       +   +   +   +   +   +   +   +   +   +   +   -   >
targeting:list               404       -   +   +   +   +   +   +   +   -   +   -   -   >
targeting:list_pdf           404       -   +   +   +   +   +   +   +   -   +   -   -   >
targeting:object             404       -   +   +   +   +   -   -   -   -   -   -   -   >
targeting:objection_slip     404       +   +   +   +   +   +   +   +   +   +   +   -   >
targeting:post               404       -   -   +   +   -   -   -   -   -   -   -   -   >
targeting:ratify             404       -   -   +   -   +   -   -   -   -   -   -   -   >
targeting:ratify_criteria    302       -   -   +   -   +   -   -   -   -   -   -   -   >
targeting:settle             404       -   -   +   -   +   -   -   -   -   -   -   -   >
upk:bank                     200       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:bank_columns             404       -   -   -   -   -   -   +   -   -   -   -   -   >
upk:bank_discard             405       -   -   -   -   -   -   +   -   -   -   -   -   >
upk:bank_month               404       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:bank_month_pdf           404       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:binder                   404       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:book                     404       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:book_pdf                 404       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:book_xlsx                404       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:books                    200       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:card                     200       +   +   +   +   +   +   +   +   +   +   +   -   >
upk:card_pdf                 200       +   +   +   +   +   +   +   +   +   +   +   -   >
upk:close                    200       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:close_pdf                404       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:closes                   200       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:count                    200       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:count_pdf                404       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:depreciate               405       -   -   -   -   -   -   +   -   -   -   -   -   >
upk:inventory                200       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:item                     404       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:opening                  200       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:opening_pdf              404       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:opening_template         200       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:record                   405       -   -   +   -   +   +   +   -   -   -   -   -   >
upk:year                     200       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:year_pdf                 404       -   -   +   -   +   +   +   +   -   +   +   -   >
upk:workbook                 404       -   -   +   -   +   +   +   +   -   +   +   -   >
verification:absence         405       +   +   -   -   -   -   -   -   -   -   -   -   >
verification:again           404       -   -   +   +   +   +   -   +   +   -   -   -   >
verification:appeal          404       -   -   +   +   +   +   -   +   +   -   -   -   >
verification:appoint         405       +   +   -   -   -   -   -   -   -   -   -   -   >
verification:attach          404       -   -   +   +   +   +   -   +   +   +   -   -   >
verification:decide          404       -   -   +   -   +   +   -   -   -   +   -   -   >
verification:dossier         404       +   +   +   +   +   +   +   +   +   +   +   -   >
verification:end_office      405       +   +   -   -   -   -   -   -   -   -   -   -   >
verification:figures         200       +   +   +   +   +   +   +   +   +   +   +   -   >
verification:freeze          405       +   -   -   -   -   -   -   -   -   -   -   -   >
verification:list            200       +   +   +   +   +   +   +   +   +   +   +   -   >
verification:offices         200       +   +   +   -   +   -   -   -   -   +   +   -   >
verification:paper           200       +   -   +   -   -   -   -   -   -   -   -   -   >
verification:paper_template  200       +   -   +   -   -   -   -   -   -   -   -   -   >
verification:pause           404       -   -   +   -   +   +   -   -   -   +   -   -   >
verification:queue           200       +   -   +   -   +   +   -   -   -   +   -   +   >
verification:receive         405       -   -   +   -   +   +   -   -   -   +   -   -   >
verification:recuse          404       -   -   +   -   +   +   -   -   -   +   -   -   >
verification:resume          405       -   -   +   -   +   +   -   -   -   +   -   -   >
verification:scan            404       -   +   +   +   +   +   +   +   +   +   -   -   >
verification:slip            404       +   +   +   +   +   +   +   +   +   +   +   -   >
verification:tell            405       -   +   +   +   +   +   -   -   -   +   -   -   >
verification:withdraw        404       -   -   +   +   +   +   -   +   +   -   -   -   >
"""
    + MORE
)

# what stands in an address besides the ward; without an entry: a record that does not exist
PARTS = {"section": "loans", "key": "tenor", "code": "11010", "kind": "ksm",
         "year": 2004, "month": "2004-08"}  # fmt: skip


@staged
def two_officers(cast):
    """The cast in a ward whose finance unit has a book-keeper beside its treasurer."""
    cast.players["bookkeeper"], _code = access.invite(
        by=cast.system, ward=cast.ward, username="bookkeeper", name="Contoh Pembukuan",
        role="bookkeeper",
    )  # fmt: skip
    return cast


def table(text):
    """The matrix by address: ``{name: row}``, without its head."""
    rows = [line.split() for line in text.strip().splitlines()]
    assert rows[0] == ["address", "status", *COLUMNS]
    return {row[0]: " ".join(row[1:]) for row in rows[1:]}


def address_of(name, route, ward):
    parts = {part.split(":")[-1] for part in route.replace(">", "<").split("<")[1::2]}
    return reverse(name, kwargs={part: PARTS.get(part, "none") for part in parts} | (
        {"ward": ward} if "ward" in parts else {}
    ))  # fmt: skip


def mark(response):
    if response.status_code == 403:
        return "-"
    if response.status_code == 302 and response.url.startswith("/login/?"):
        return ">"
    return "!" if response.status_code == 500 else "+"  # /readyz says 503 where no worker runs


def visitors(cast):
    """One browser for each column, logged in once; a page that breaks is a row with "!"."""
    found = [Client(raise_request_exception=False) for _ in COLUMNS]
    for browser, who in zip(found, COLUMNS.values(), strict=True):
        if who:
            browser.force_login(getattr(cast, who))
    return found


def visit(browsers, ward, name, route):
    """The row of one address, as the site answers now."""
    address = address_of(name, route, ward)
    marks, statuses = [], set()
    for browser in browsers:
        response = browser.get(address)
        marks.append(mark(response))
        if marks[-1] == "+":
            statuses.add(str(response.status_code))
        elif marks[-1] != "!":
            assert mark(browser.post(address)) == marks[-1], f"{address}: a form passes, a page not"
    return " ".join(["/".join(sorted(statuses)) or "none", *marks])


def test_every_role_has_a_column(two_officers):
    there = [
        getattr(two_officers, who) for who in COLUMNS.values() if who not in {"stranger", None}
    ]
    assert sorted(held.role for who in there for held in who.held()) == sorted(ROLES)


@pytest.mark.parametrize("part", range(SHARES))
def test_every_role_meets_every_address(two_officers, part):
    """In parts, for as many workers as there are."""
    expected, browsers = table(MATRIX), visitors(two_officers)
    found = {
        name: visit(browsers, two_officers.ward, name, route)
        for name, route, _view in list(addresses())[part::SHARES]
    }
    wrong = [
        f"{name:<28} {row}" + (f"    (here: {expected[name]})" if name in expected else "")
        for name, row in sorted(found.items())
        if expected.get(name) != row
    ]
    assert wrong == [], "as the site answers now:\n" + "\n".join(wrong)


def test_the_table_has_a_row_for_each_address():
    assert sorted(table(MATRIX)) == sorted(name for name, _route, _view in addresses())


def test_a_resident_without_account_sees_public_pages_alone():
    """What is public is public on purpose: no address of a ward is."""
    rows = table(MATRIX)
    public = {name for name, row in rows.items() if row.endswith("+")}
    routes = {name: route for name, route, _view in addresses()}
    assert [name for name in public if "ward" in routes[name]] == []


def test_a_stranger_sees_nothing_of_a_ward_next_door():
    rows = table(MATRIX)
    inside = {name for name, route, _view in addresses() if "<str:ward>" in route}
    column = 1 + list(COLUMNS).index("str")
    assert inside
    assert [name for name in inside if rows[name].split()[column] != "-"] == []


def test_every_address_lets_somebody_pass():
    """But for the two that ask an account anew for what nobody here has: a password, a second factor."""
    nobody = {name for name, row in table(MATRIX).items() if row.split()[0] == "none"}
    assert nobody == {"account_reauthenticate", "mfa_reauthenticate"}


def test_where_nobody_keeps_the_books_the_treasurer_passes_as_the_book_keeper_does(client, cast):
    treasurer, keeper = (1 + list(COLUMNS).index(one) for one in ("tre", "boo"))
    rows = {name: row.split() for name, row in table(MATRIX).items()}
    theirs = {name for name, row in rows.items() if row[keeper] == "+" != row[treasurer]}
    client.force_login(cast.treasurer)
    routes = {name: route for name, route, _view in addresses()}
    answers = {name: client.get(address_of(name, routes[name], cast.ward)) for name in theirs}
    passed = {name for name, answer in answers.items() if mark(answer) == "+"}
    assert passed == theirs == {"upk:bank_columns", "upk:bank_discard", "upk:depreciate"}
