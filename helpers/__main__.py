"""The command line: python -m helpers run|check|site|tables|new [FOLDER] [FILE ...]."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

_SHOWN = 10
_USE = """run      run the notebooks of a folder (or the report of an event folder) and render its pages
check    compare a rerun with what is stored (or list what an event folder still lacks)
site     render the pages of a folder of notebooks
tables   write the tables that the notebooks show
new      lay out an event folder of text, CSV or JSONL files, or add some to one"""


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command and give its exit status.

    Parameters
    ----------
    arguments : words of the command line; by default those of this process

    Returns
    -------
    0, or 1 with a message on the error stream; 130 where it was interrupted
    """
    parser = argparse.ArgumentParser(
        prog="python -m helpers", description=_USE, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=["run", "check", "site", "tables", "new"])
    parser.add_argument("folder", nargs="?", default="notebooks", help="by default notebooks")
    parser.add_argument("files", nargs="*", help="for new: the articles")
    asked = parser.parse_args(arguments)
    folder = Path(asked.folder)
    from helpers import spans
    from helpers.publish import build

    try:
        if asked.command == "new":
            from helpers.event import new

            print("\n".join(new.lay_out(folder, [Path(name) for name in asked.files])))
        elif (folder / "corpus.toml").is_file() and asked.command in ("run", "check"):
            return _event(asked.command, folder)
        elif not folder.is_dir():
            print(f"there is no folder {folder}; check its name", file=sys.stderr)
            return 1
        elif not build.notebooks(folder):
            print(f"{folder} holds no notebook and no corpus.toml; name the folder with the .ipynb files, or an event folder"
                  " that new has laid out", file=sys.stderr)  # fmt: skip
            return 1
        elif asked.command == "run":
            build.run(folder)
        elif asked.command == "check":
            differences = build.check(folder)
            print("\n".join(differences) or "all stored outputs are what a rerun gives", file=sys.stderr)
            return 1 if differences else 0
        elif asked.command == "tables":
            print(f"{build.tables(folder)} tables in {folder.parent / 'tables'}")
        else:
            from helpers.publish import site

            print(f"{site.build(folder, folder.parent / 'site')} pages in {folder.parent / 'site'}")
    except (build.BuildError, spans.CorpusError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted; every notebook is as it was stored or ran whole", file=sys.stderr)
        return 130
    return 0


def _event(command: str, folder: Path) -> int:
    """Run or check an event folder."""
    from helpers.event import report

    if command == "run":
        report.run(folder)
        return 0
    faults, drafts = report.check(folder)
    told: dict[str, list[str]] = {}
    for line in drafts:
        told.setdefault(line.split(" ")[0], []).append(line)
    for file, lines in told.items():  # a start in each file; the note "draft" finds the rest in it
        print("\n".join(lines[:_SHOWN]))
        if len(lines) > _SHOWN:
            print(f"{file}: {len(lines) - _SHOWN} more drafts, {len(lines)} in all")
    print("\n".join([*faults, f"{len(faults)} fault{'s'[: len(faults) != 1]}, {len(drafts)} still to read or code"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
