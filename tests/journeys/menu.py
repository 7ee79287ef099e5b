"""Whether the menu of a page marks the entry with which its crumbs begin."""

import re

MENU = re.compile(r'<nav class="nav".*?</nav>', re.DOTALL)
CRUMBS = re.compile(r'<nav class="crumbs".*?</nav>', re.DOTALL)
LINK = re.compile(r'<a href="([^"]+)"( aria-current="page")?')


def menu_faults(html: str) -> list[str]:
    """What is wrong, in words; a page without menu or without crumbs has no fault.

    >>> menu = '<nav class="nav"><a href="/a/" aria-current="page">A</a><a href="/b/">B</a></nav>'
    >>> menu_faults(menu + '<nav class="crumbs"><a href="/a/">A</a></nav>')
    []
    >>> menu_faults(menu + '<nav class="crumbs"><a href="/b/">B</a></nav>')
    ['the crumbs begin with /b/, the menu marks /a/']
    """
    menu, crumbs = MENU.search(html), CRUMBS.search(html)
    if not menu or not crumbs:
        return []
    first = LINK.search(crumbs[0])
    entries = LINK.findall(menu[0])
    marked = {address for address, mark in entries if mark}
    if first is None:
        return ["the crumbs lead nowhere"]
    if first[1] not in {address for address, _mark in entries}:
        return [f"the crumbs begin with {first[1]}, which is no entry of the menu"]
    if marked != {first[1]}:
        return [
            f"the crumbs begin with {first[1]}, the menu marks {', '.join(marked) or 'nothing'}"
        ]
    return []
