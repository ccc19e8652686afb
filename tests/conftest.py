"""What several test modules need: the corpus of the collection, and a small one in a folder of its own."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import settings

from helpers.corpus import load_corpus

ROOT = Path(__file__).parent.parent
# the same examples in every run; to look for new ones: pytest --hypothesis-profile=default
settings.register_profile("fixed", derandomize=True)
settings.load_profile("fixed")


@pytest.fixture(scope="session")
def corpus():
    return load_corpus(ROOT / "seeds")


@pytest.fixture
def folder(tmp_path):
    """Lay out a corpus folder of given texts (doc -> text or bytes) and give its path."""

    def make(texts, **files):
        place = tmp_path / "event"
        (place / "coding").mkdir(parents=True, exist_ok=True)
        lines = ['title = "An event"']
        for doc, text in texts.items():
            raw = text if isinstance(text, bytes) else text.encode("utf-8")
            (place / f"{doc}.txt").write_bytes(raw)
            digest = hashlib.sha256(raw).hexdigest()
            lines += [
                "[[article]]",
                f'doc = "{doc}"',
                f'file = "{doc}.txt"',
                f'label = "{doc}"',
                f'sha256 = "{digest}"',
            ]
        (place / "corpus.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        for name, content in files.items():
            (place / "coding" / name.replace("__", ".")).write_text(content, encoding="utf-8")
        return place

    return make
