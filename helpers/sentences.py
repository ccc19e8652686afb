"""Sentences with exact offsets."""

from __future__ import annotations

import re

import nupunkt

__all__ = ["split_sentences"]

_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
_MARKS_ONLY = re.compile(r"(?:\[\d+\]|[\W_])+")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Split a text into sentences: a line break always ends one, and no blank stands at its ends.

    Parameters
    ----------
    text : raw text

    Returns
    -------
    offsets of each sentence, in order; every character that is not blank lies in exactly one of them

    >>> text = "Mr. Smith came.[1] He left.\\nThe end"
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Mr. Smith came.[1]', 'He left.', 'The end']
    """
    sentences: list[tuple[int, int]] = []
    for paragraph in _PARAGRAPH.finditer(text):
        first = len(sentences)
        for start, end in nupunkt.sent_spans(paragraph.group()):
            piece = paragraph.group()[start:end]
            start, end = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
            if start >= end:
                continue
            start, end = paragraph.start() + start, paragraph.start() + end
            # a footnote mark, a closing quotation mark or a dash alone belongs to the sentence it follows
            if len(sentences) > first and _MARKS_ONLY.fullmatch(text, start, end):
                start = sentences.pop()[0]
            sentences.append((start, end))
    return sentences
