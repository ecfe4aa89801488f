"""The command line: `horizon` opens the app, `horizon COMMAND` does one thing."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence

import click

from horizon import __version__
from horizon.cli.frame import Entry, LateGroup, Session
from horizon.cli.output import one_line
from horizon.model.errors import BadInput, HorizonError, sentence

INTERRUPTED = 130

SECTIONS = {
    "Look at the register": {
        "list": Entry("horizon.cli.looking:list_", "List technologies."),
        "show": Entry("horizon.cli.looking:show", "Show a technology."),
        "history": Entry("horizon.cli.looking:history", "Show what happened."),
        "diff": Entry("horizon.cli.moments:diff", "Show what changed between two days."),
        "compare": Entry("horizon.cli.comparing:compare", "Rank what was scored, and how surely."),
        "people": Entry("horizon.cli.keeping:people", "List the people."),
        "measure": Entry("horizon.cli.measuring:measure", "Count the objective 4 measure."),
    },
    "Record technologies": {
        "add": Entry("horizon.cli.technologies:add", "Propose a technology."),
        "capture": Entry("horizon.cli.undoing:capture", "Write one down in a line."),
        "legacy": Entry("horizon.cli.technologies:legacy", "Enter one that is already in use."),
        "import": Entry("horizon.cli.importing:import_", "Bring in technologies from a file."),
        "imports": Entry("horizon.cli.importing:imports", "List and undo imports."),
        "sight": Entry("horizon.cli.technologies:sight", "Add a source where it was seen."),
        "amend": Entry("horizon.cli.technologies:amend", "Change its details."),
        "amend-many": Entry("horizon.cli.many:amend_many", "Change one thing on many at once."),
        "note": Entry("horizon.cli.undoing:note", "Write a note on it."),
        "facts": Entry("horizon.cli.technologies:facts", "Set its facts, or show them."),
        "review": Entry("horizon.cli.technologies:review", "Set the day of its next review."),
        "triage": Entry("horizon.cli.triage:triage", "Take a first look at signals."),
        "duplicates": Entry("horizon.cli.duplicates:duplicates", "Find and merge duplicates."),
        "withdraw": Entry("horizon.cli.technologies:withdraw", "Take it off the route."),
        "supersede": Entry("horizon.cli.technologies:supersede", "Put another in its place."),
        "undo": Entry("horizon.cli.undoing:undo", "Take back what you did last to it."),
        "redo": Entry("horizon.cli.undoing:redo", "Do again what you took back."),
    },
    "Assess": {
        "evidence": Entry("horizon.cli.assessment:evidence", "Attach a document's reference."),
        "answer": Entry("horizon.cli.answering:answer", "Answer the checklist, or show it."),
        "score": Entry("horizon.cli.assessment:score", "Score in sealed rounds."),
    },
    "Decide": {
        "gate": Entry("horizon.cli.route:gate", "Show what a gate finds missing."),
        "move": Entry("horizon.cli.route:move", "Move it along the route."),
        "meeting": Entry("horizon.cli.meetings:meeting", "Call, minute and close meetings."),
        "decide": Entry("horizon.cli.deciding:decide", "Record a body's decision."),
        "record": Entry("horizon.cli.records:record", "Show a decision's whole record."),
        "correct": Entry("horizon.cli.records:correct", "Set a decision's record right."),
        "sign": Entry("horizon.cli.signing:sign", "Sign decisions with your SSH key."),
        "reopen": Entry("horizon.cli.reopening:reopen", "Have a body look again."),
        "condition": Entry("horizon.cli.conditions:condition", "List and discharge conditions."),
        "export": Entry("horizon.cli.exporting:export", "Make papers, minutes, tables, data."),
        "papers": Entry("horizon.cli.papers:papers", "Look after papers that were issued."),
    },
    "Keep the register": {
        "init": Entry("horizon.cli.keeping:init", "Create a register."),
        "verify": Entry("horizon.cli.verifying:verify", "Check that the register adds up."),
        "criteria": Entry(
            "horizon.cli.criteria:criteria", "Check, show, draft, adopt a framework."
        ),
        "person": Entry("horizon.cli.keeping:person", "Name a person, or set their role."),
        "erase": Entry("horizon.cli.keeping:erase", "Empty what events said, for good."),
        "serve": Entry("horizon.cli.serve:serve", "Serve it to browsers."),
        "keys": Entry("horizon.cli.keys:keys", "List the keys of the app, and yours."),
        "backup": Entry("horizon.cli.backing_up:backup", "Back it up in one verified file."),
        "restore": Entry("horizon.cli.backing_up:restore", "Bring it back from a backup."),
        "merge": Entry("horizon.cli.merging_registers:merge", "Take in a copy that went its way."),
        "recover": Entry("horizon.cli.backing_up:recover", "Save what a damaged one still holds."),
        "rebuild": Entry("horizon.cli.backing_up:rebuild", "Make register.json anew."),
        "copy": Entry("horizon.cli.copying:copy", "Carry the register elsewhere, verified."),
        "shared": Entry("horizon.cli.shared:shared", "One register for several forces."),
        "completion": Entry("horizon.cli.starting:completion", "Complete commands after Tab."),
    },
}
"""Every command, in the sections of the help. A command is imported when it is used, so that
`horizon --help` is quick."""

SHORT = {
    "merge": Entry(
        "horizon.cli.duplicates:merge", "The same as: duplicates merge.", told_by="--reason"
    ),
    "different": Entry("horizon.cli.duplicates:different", "The same as: duplicates different."),
}
"""Commands that also go by a short name, which the help does not list. Where another command has
the name, an option tells them apart."""


@click.group(
    cls=LateGroup,
    sections=SECTIONS,
    short=SHORT,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="horizon")
@click.option("--plain", is_flag=True, help="Ask and print line by line, for screen readers.")
@click.pass_context
def horizon(context: click.Context, plain: bool) -> None:
    """A register of candidate technologies: scan, assess, decide, report. Without a command, opens
    the register in the terminal."""
    current = context.ensure_object(Session)
    context.call_on_close(current.close)
    if context.invoked_subcommand is None and plain:
        from horizon.cli.plain import run as run_plainly

        run_plainly(current)
    elif context.invoked_subcommand is None:
        from horizon.cli.starting import start

        start(current)


def main() -> None:
    """Run the command line. Ends the process with the exit code that the README lists."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str], current: Session | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 faults, 2 bad input, 3 refused by a rule,
    4 conflict. What is refused is one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        _refuse_bytes(arguments)
        code = horizon.main(
            list(arguments), prog_name="horizon", standalone_mode=False, obj=current
        )
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except HorizonError as error:
        return _refused(str(error), error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return BadInput.exit_code
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        more = f" See: {context.command_path} --help" if context else ""
        return _refused(sentence(error.format_message()) + more, BadInput.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _refused("stopped.", INTERRUPTED)
    except (BrokenPipeError, SystemExit):  # click ends the process when a pipe breaks
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _refused(f"{where}{error.strerror or error}.", HorizonError.exit_code)


def _refuse_bytes(arguments: Sequence[str]) -> None:
    """Words that are not text in the terminal's encoding cannot be kept, so they are refused."""
    for each in arguments:
        if not each.isascii() and any("\ud800" <= letter <= "\udfff" for letter in each):
            shown = each.encode("utf-8", "backslashreplace").decode("utf-8")
            raise BadInput(f"{shown!r} is not text in your terminal's encoding", do="Use UTF-8")


def _refused(message: str, code: int) -> int:
    with contextlib.suppress(OSError):
        click.echo(one_line(f"Horizon: {message}"), err=True)
    return code
