"""Bank statements of a made-up account in the formats of banks."""

from datetime import date

NUMBER = "0001112223"
LINES = (
    (date(2004, 5, 12), 10_000_000, "Setoran tunai UPK"),
    (date(2004, 5, 20), -2_000_000, "Penarikan tunai"),
    (date(2004, 5, 31), 15_000, "Bunga tabungan"),
    (date(2004, 5, 31), -3_000, "Pajak bunga"),
    (date(2004, 5, 31), -5_000, "Biaya administrasi"),
)
"""Day, whole rupiah in positive, text: those of ``test_upk_bank.PLAIN``."""

HEAD = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

"""
XML_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
"""
SIGNON = """<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>
<DTSERVER>20040601</DTSERVER><LANGUAGE>IND</LANGUAGE></SONRS></SIGNONMSGSRSV1>"""


def ofx_xml(lines=LINES, *, opening=0, number=NUMBER, head=XML_HEAD):
    """A statement in OFX, each leaf closed."""
    told = [
        f"<STMTTRN>\n<TRNTYPE>{'CREDIT' if sum_ > 0 else 'DEBIT'}</TRNTYPE>\n"
        f"<DTPOSTED>{on:%Y%m%d}120000</DTPOSTED>\n<TRNAMT>{sum_}.00</TRNAMT>\n<FITID>F{on:%m%d}{abs(sum_)}</FITID>\n"
        f"<NAME>{text}</NAME>\n</STMTTRN>"
        for on, sum_, text in lines
    ]
    first, last = min(on for on, *_ in lines), max(on for on, *_ in lines)
    closing = opening + sum(sum_ for _, sum_, _ in lines)
    return (
        f"{head}<OFX>\n{SIGNON}\n<BANKMSGSRSV1><STMTTRNRS><TRNUID>1</TRNUID>\n"
        "<STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>\n<STMTRS>\n<CURDEF>IDR</CURDEF>\n"
        f"<BANKACCTFROM><BANKID>014</BANKID><ACCTID>{number}</ACCTID><ACCTTYPE>SAVINGS</ACCTTYPE>"
        f"</BANKACCTFROM>\n<BANKTRANLIST>\n<DTSTART>{first:%Y%m%d}</DTSTART><DTEND>{last:%Y%m%d}</DTEND>\n"
        + "\n".join(told)
        + f"\n</BANKTRANLIST>\n<LEDGERBAL><BALAMT>{closing}.00</BALAMT><DTASOF>{last:%Y%m%d}</DTASOF>"
        "</LEDGERBAL>\n</STMTRS></STMTTRNRS></BANKMSGSRSV1>\n</OFX>\n"
    )


def ofx(lines=LINES, **more):
    """A statement in OFX of the first kind: its leaves have no end."""
    text = ofx_xml(lines, head=HEAD, **more)
    for leaf in ("TRNTYPE", "DTPOSTED", "TRNAMT", "FITID", "NAME", "CURDEF", "ACCTID", "BALAMT"):
        text = text.replace(f"</{leaf}>", "")
    return text


def mt940(lines=LINES, *, opening=0, number=NUMBER):
    """A statement in MT940, in its envelope."""
    first, last = min(on for on, *_ in lines), max(on for on, *_ in lines)
    closing = opening + sum(sum_ for _, sum_, _ in lines)
    told = [
        f":61:{on:%y%m%d%m%d}{mark(sum_)}{abs(sum_)},00NTRFNONREF//B{on:%m%d}{abs(sum_)}\n:86:{text}"
        for on, sum_, text in lines
    ]
    return (
        "{1:F01CONTOHXXXXX}{4:\n:20:ST01\n"
        f":25:014/{number}\n:28C:1/1\n:60F:{mark(opening)}{first:%y%m%d}IDR{abs(opening)},00\n"
        + "\n".join(told)
        + f"\n:62F:{mark(closing)}{last:%y%m%d}IDR{abs(closing)},00\n-}}"
    )


def mark(amount):
    return "D" if amount < 0 else "C"
