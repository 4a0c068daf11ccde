"""The console script finds its commands, and says what went wrong in one line."""

import sys
from pathlib import Path

import pytest

from intake import cli
from intake.cli.main import main

_COMMAND = """
from intake.errors import NotConfigured, NotPermitted

def register(commands):
    parser = commands.add_parser("planted", help="a command planted by a test")
    parser.add_argument("what")

def run(args):
    if args.what == "refused":
        raise NotConfigured("The key ring\\nis not there.")
    if args.what == "silent":
        raise NotPermitted
    if args.what == "interrupted":
        raise KeyboardInterrupt
    if args.what == "unread":
        raise BrokenPipeError
    print("did", args.what)
    return 1 if args.what == "wrong" else 0
"""


@pytest.fixture(autouse=True)
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands are those of a folder of the test's own."""
    (tmp_path / "planted.py").write_text(_COMMAND, encoding="utf-8")
    (tmp_path / "wiring.py").write_text("WIRED = True\n", encoding="utf-8")
    monkeypatch.setattr(cli, "__path__", [str(tmp_path)])
    for name in ("intake.cli.planted", "intake.cli.wiring"):
        monkeypatch.delitem(sys.modules, name, raising=False)


@pytest.mark.parametrize(("what", "code"), [("well", 0), ("wrong", 1)])
def test_a_command_says_how_it_went_by_its_exit_code(
    capsys: pytest.CaptureFixture[str], what: str, code: int
) -> None:
    assert main(["planted", what]) == code
    assert capsys.readouterr().out == f"did {what}\n"


def test_a_refusal_is_one_line_and_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["planted", "refused"]) == 2
    assert capsys.readouterr() == ("", "intake: The key ring is not there.\n")


def test_a_refusal_without_words_says_what_it_means(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["planted", "silent"]) == 2
    assert capsys.readouterr().err == "intake: The actor's role never does this.\n"


def test_an_interruption_ends_quietly(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["planted", "interrupted"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_reader_who_stops_reading_is_not_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["planted", "unread"]) == 0
    assert capfd.readouterr().err == ""


def test_the_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])

    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert "planted" in said
    assert "a command planted by a test" in said
    assert "wiring" not in said


def test_no_command_at_all_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "COMMAND" in capsys.readouterr().out


def test_a_command_nobody_has_is_not_understood(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["main"])

    assert ended.value.code == 2
    assert "invalid choice: 'main'" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("intake ")


def test_only_the_command_asked_for_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text("raise RuntimeError\n", encoding="utf-8")

    assert main(["planted", "well"]) == 0


def test_what_was_typed_is_read_when_nothing_is_handed_in(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["intake", "planted", "well"])

    assert main() == 0
    assert capsys.readouterr().out == "did well\n"
