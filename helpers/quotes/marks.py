"""Quotation marks of every form, paired; and a text with what stands in them covered."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["MASK", "SAYING", "mask_quoted", "pair_marks", "split_masked"]

MASK = "\ufffc"
SAYING = (
    "said says say saying told tells telling added adds adding asked asks asking warned warns warning claimed claims claiming claim denied denies"
    " deny vowed vows vow insisted insists announced announces confirmed confirms stated states argued argues noted notes explained"
    " explains wrote writes tweeted posted replied replies responded responds continued recalled recalls declared declares urged urges"
    " alleged alleges allege acknowledged acknowledges admitted admits conceded concedes maintained maintains suggested suggests suggest reported"
    " reports report revealed reveals promised promises pledged pledges threatened threatens complained complains predicted predicts"
    " stressed stresses emphasised emphasized reiterated testified commented remarked joked shouted cried chanted chanting chants believe believes believed"
    " estimates estimate estimated indicated indicates concluded concludes described describes describing called calls calling dubbed"
    " labelled labeled branded termed hailed condemned condemns questioned questions expressed demanded demands observed boasted quipped disclosed"
    " hinted cautioned cautions contended contends asserted asserts assured informed advised repeated counted documented recorded accused accuses"
    " accusing blamed blames criticised criticized praised dismissed rejected ruled found fears fear feared hopes hoped thinks think thought"
    " presenting presented whispered yelled screamed sighed laughed mused lamented apologised apologized begged pleaded proposed recommended signalled signaled"
    " thundered ventured countered counter counters shrugged shrugs answered answers offered referred refers spoke speaks reckons reckon recounted dispute disputes disputed predict warn insist alleging insisting noting stressing arguing suggesting retorted ordered agreed signed testifies heard expects expected expect argue complain muttered snapped murmured mutters write citing denounced denounces denouncing decried stating expressing expresses proclaimed call describe denounce accuse speak refer label dismissing dismisses rejecting rejects blasted slammed boasts wept sobbed clarified welcomed defended remembered"
).split()
_DOUBLE = re.compile('[“”„«»"]')
_SINGLE_OPEN = re.compile(r"(?<![\w’'])['‘](?=[\w“\"…])(?!(?:\d0s|\d\d\b|n'|em\b|til\b|tis\b|twas\b|cause\b|bout\b))")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…%)])['’](?![\w’'])")
_SENTENCE = re.compile("\\n+|[.!?][”\"’')\\]]*[\\s\u00a0]+(?=[A-Z“\"‘'(\ufffc\\d])")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Dr|St|Lt|Mt|Jr|Sr|vs|No|Gen|Col|Sgt|Rev|Gov|Sen|Rep|Maj|Inc|Ltd|Jan|Feb|Mar|Apr|Aug|Sep|Oct|Nov|Dec))\Z"
)
_TITLES = re.compile(
    r"\b(Col|Gen|Lt|Dr|Mr|Mrs|Ms|Sen|Rep|Gov|Rev|Sgt|Capt|Maj|Prof|St|Jr|Sr|Brig|Cpl|Adm|Supt|Insp|Hon)\.(?=\s)"
)


def pair_marks(text: str) -> list[tuple[int, int]]:
    """Pair quotation marks of every form, paragraph by paragraph."""
    found: list[tuple[int, int]] = []
    for paragraph in re.finditer(r"[^\n]+", text):
        begin, opened = paragraph.start(), -1
        for mark in _DOUBLE.finditer(text, begin, paragraph.end()):
            at, sign = mark.start(), mark.group()
            before = text[at - 1 : at] if at > begin else " "
            after = text[at + 1 : at + 2] if at + 1 < paragraph.end() else " "
            opens = sign in "“„«" or (
                sign == '"' and not after.isspace() and (before.isspace() or before in "([—–-/'‘")
            )
            if opened < 0:
                if sign in "”»" or (sign == '"' and (after.isspace() or before.isdigit())):
                    continue  # a closing mark alone, or inches
                opened = at
            elif (opens and not after.isspace() and sign != '"') or (
                opens and before.isspace() and _closes_later(text, at, paragraph.end())
            ):
                found.append((opened, len(text[:at].rstrip())))
                opened = at
            else:
                found.append((opened, at + 1))
                opened = -1
        if opened >= 0:
            found.append((opened, len(text[: paragraph.end()].rstrip())))
        found += _singles(text, begin, paragraph.end(), [pair for pair in found if pair[0] >= begin])
    return sorted(pair for pair in found if pair[1] - pair[0] > 2)


def _closes_later(text: str, at: int, end: int) -> bool:
    """Say whether a straight mark that looks like an opening one has a closing one behind it, and an odd count is left."""
    return text.count('"', at, end) % 2 == 0 and text.count("”", at, end) == 0


def _singles(text: str, begin: int, end: int, doubles: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Pair single marks outside double ones; apostrophes and possessives are none."""
    at = begin
    while opened := _SINGLE_OPEN.search(text, at, end):
        at = opened.end()
        around = next((pair for pair in doubles if pair[0] <= opened.start() < pair[1]), None)
        if around:
            at = around[1]
            continue
        limit = min([pair[0] for pair in doubles if pair[0] > opened.start()] + [end])
        closings = [m.start() for m in _SINGLE_CLOSE.finditer(text, opened.end(), limit)]
        again = _SINGLE_OPEN.search(text, opened.end(), limit)
        closings = [c for c in closings if not again or c < again.start() or c == closings[0]]
        if not closings:
            if text[opened.start()] == "‘" and (
                opened.start() == begin or text[opened.start() - 2 : opened.start()] == ": "
            ):
                yield opened.start(), len(text[:limit].rstrip())
                at = limit
            continue
        chosen = closings[0]
        if text[chosen - 1] == "s":  # a plural possessive, where a firmer closing mark follows
            chosen = next((c for c in closings[1:] if text[c - 1] in ".,!?"), chosen)
        yield opened.start(), chosen + 1
        at = chosen + 1


def mask_quoted(text: str, pairs: list[tuple[int, int]]) -> str:
    """Cover what stands in marks, so that no cue is sought in it; a quotation that ends its sentence ends with a stop."""
    pieces, at = [], 0
    for opened, closed in pairs:
        inner = text[opened + 1 : closed - 1].rstrip()
        after = text[closed : closed + 60]
        stops = (
            inner.endswith((".", "!", "?", "…"))
            and re.match(r"\s+[A-Z“\"‘]", after)
            and (inner.endswith(".") or not _ATTRIBUTION_NEXT.match(after))
        )
        pieces += [_TITLES.sub("\\1\u2024", text[at:opened]), MASK * (closed - opened - 1), "." if stops else MASK]
        at = closed
    return "".join([*pieces, _TITLES.sub("\\1\u2024", text[at:])])


_ATTRIBUTION_NEXT = re.compile(rf"\s+(?:[A-Z][\w’'.-]+\s+){{1,4}}(?:{'|'.join(SAYING)})\b")


def split_masked(masked: str) -> Iterator[tuple[int, int]]:
    """Split a masked text into sentences, quickly; a line break ends one."""
    at = 0
    for match in _SENTENCE.finditer(masked):
        if masked[match.start()] == "." and _ABBREVIATED.search(masked, max(at, match.start() - 6), match.start()):
            continue
        if masked[at : match.end()].strip():
            yield at, match.end()
        at = match.end()
    if masked[at:].strip():
        yield at, len(masked)
