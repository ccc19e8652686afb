"""The command line: python -m helpers COMMAND [FOLDER] [FILE ...].

run      run the notebooks of a folder (or the report of an event folder) and render its pages
check    compare a rerun with what is stored (or list what an event folder still lacks)
site     render the pages of a folder of notebooks
tables   write the tables that the notebooks show
new      lay out an event folder of text, CSV or JSON files, add some to one, or read mended texts again
sheet    write the codings of an event folder as a workbook (--coder ANN: without judgements, for a second coder)
take     take a workbook back into the codings
agreement  say how far two coders agree, or a coder and the codings
many     read every article of a dump into a folder: many DUMP OUT
events   say which articles of such a folder tell the same event; new FOLDER --from OUT --event 17 lays one out
"""

import itertools
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from pathlib import Path

from helpers.publish import BuildError
from helpers.spans import CorpusError

_SHOWN, _COLUMNS = 10, ("text", "outlet", "title", "date", "label")
# the files that a command needs behind the folder
_FILES = {"sheet": [], "take": ["WORKBOOK"], "agreement": ["CODER", "CODER"], "many": ["OUT"], "events": []}


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command (by default that of this process) and give its exit status.

    It is 0; 1 with a message on the error stream; or 130 where it was interrupted.
    """
    parser = ArgumentParser("python -m helpers", description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("command", choices="run check site tables new sheet take agreement many events".split())
    parser.add_argument("folder", nargs="?", default="notebooks", type=Path, help="by default notebooks")
    parser.add_argument("files", nargs="*", type=Path, help="articles for new; else as the command needs them")
    for key in _COLUMNS:
        parser.add_argument(f"--{key}", metavar="COLUMN", help=f"for new and many: the column that holds the {key}")
    parser.add_argument("--coder", default="", help="for sheet: the name of a second coder")
    parser.add_argument("--from", dest="out", type=Path, help="for new: the folder of many and events")
    parser.add_argument("--event", type=int, default=1, help="for new: the number of the event")
    parser.add_argument(
        "--lexicon",
        type=Path,
        help="for many: the lexicon.toml of the words to watch; for events: of the spellings of names",
    )
    parser.add_argument("--rows", default=0, type=int, help="for sheet: at most so many rows a file, drawn at random")
    asked = parser.parse_args(arguments)
    try:
        wanted = _FILES.get(asked.command)
        if wanted is not None and len(asked.files) != len(wanted):
            first = "DUMP" if asked.command == "many" else "FOLDER"
            raise CorpusError([f"write: python -m helpers {' '.join([asked.command, first, *wanted])}"])
        if asked.command in ("run", "check", "site", "tables"):
            is_event = asked.command in ("run", "check") and (asked.folder / "corpus.toml").is_file()
            return (_event if is_event else _notebooks)(asked.command, asked.folder)
        print(_told(asked))
        return 0
    except BrokenPipeError:
        return 0
    except (BuildError, CorpusError, ImportError, OSError, UnicodeError) as error:
        extra = "\nwhat is missing is an extra: make .venv/.test brings it"
        print(f"{error}{extra * isinstance(error, ImportError)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted; every file is whole, as it was or as it was to be", file=sys.stderr)
        return 130


def _told(asked: Namespace) -> str:
    """Carry out a command on an event or a dump, and say what was done."""
    command, folder, files = asked.command, asked.folder, asked.files
    named = {key: getattr(asked, key) for key in _COLUMNS if getattr(asked, key)}
    if command == "sheet":  # each command loads what it needs
        from helpers.event import sheet

        return f"{sheet.write(folder, asked.coder, asked.rows)} is written; fill it in, then take it back"
    if command in ("take", "agreement"):
        from helpers.event import agree, take

        return "\n".join(take.take(folder, *files) if command == "take" else agree.told(folder, *map(str, files)))
    if command == "many":
        from helpers.event import many

        with many.joblib.parallel_config(backend="loky", n_jobs=-1):
            failed = many.many(folder, files[0], named, asked.lexicon)
        return f"{failed} articles were passed over; their column error says why"
    if command == "events":
        from helpers.event import events

        found = events.events(folder, lexicon=asked.lexicon)
        shown, size = found.head(20).to_string(index=False), found["size"].sum()
        return f"{shown}\n{len(found)} events of {size} articles, in {folder}/events.csv"
    from helpers.event import new

    if asked.out:
        from helpers.event.events import extract

        files = [*files, extract(asked.out, asked.event)]
    return "\n".join(new.lay_out(folder, files, named))


def _event(command: str, folder: Path) -> int:
    """Run or check an event folder."""
    from helpers.event import report

    if command == "run":
        report.run(folder)
        return 0
    faults, drafts = report.check(folder)
    for file, told in itertools.groupby(drafts, lambda line: line.split(" ")[0]):
        lines = list(told)  # a start in each file is shown; the note "draft" finds the rest in it
        more = [f"{file}: {len(lines) - _SHOWN} more drafts, {len(lines)} in all"] * (len(lines) > _SHOWN)
        print("\n".join([*lines[:_SHOWN], *more]))
    print("\n".join([*faults, f"{len(faults)} fault{'s'[: len(faults) != 1]}, {len(drafts)} still to read or code"]))
    return 1 if faults else 0


def _notebooks(command: str, folder: Path) -> int:
    """Run, check or render a folder of notebooks, or write its tables."""
    from helpers.publish import build, site

    if not folder.is_dir():
        raise FileNotFoundError(f"there is no folder {folder}; check its name")
    if not build.notebooks(folder):
        told = "name the folder with the .ipynb files, or an event folder that new has laid out"
        raise FileNotFoundError(f"{folder} holds no notebook and no corpus.toml; {told}")
    differences = list[str]()
    if command == "run":
        build.run(folder)
    elif command == "tables":
        print(f"{build.tables(folder)} tables in {folder.parent / 'tables'}")
    elif command == "site":
        print(f"{site.build(folder, folder.parent / 'site')} pages in {folder.parent / 'site'}")
    else:
        differences = build.check(folder)
        print("\n".join(differences) or "all stored outputs are what a rerun gives", file=sys.stderr)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
