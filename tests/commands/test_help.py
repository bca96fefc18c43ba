"""The help of each command ends with an example, which is run; the README's commands are run; starting is quick."""

import json
import re
import subprocess
import sys
import urllib.request

import pytest

from handouts.commands import COMMANDS, LateGroup, main
from handouts.delivery.preview import Preview
from tests.commands.conftest import ROOT

HEAVY = {"reportlab", "pydantic", "yaml", "PIL", "qrcode", "svgelements", "textstat", "pypdfium2"}
FIRST = {
    "verify": ["handouts make back-spasms -p examples/early-desk.yaml --clinic examples/clinic.yaml -o sheet.pdf"],
    "batch": ["handouts new table patients.csv"],
}
"""What must have been done before an example."""


def find_example(name):
    found = LateGroup.get_command(main, None, name).epilog
    assert found and found.startswith("Example: handouts "), name
    return found.removeprefix("Example: ")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_works(name, clone, run, monkeypatch):
    seen = []
    monkeypatch.setattr("webbrowser.open", seen.append)

    def build_once(preview):
        seen.append(preview._build())
        preview._server.server_close()

    monkeypatch.setattr(Preview, "run", build_once)
    example = find_example(name)
    for line in FIRST.get(name, ()):
        assert run(line).exit_code == 0, line
    result = run(example)
    assert result.exit_code == 0, result.output
    if name == "preview":
        address, build = seen
        assert address.startswith("http://127.0.0.1:")
        assert build.data.startswith(b"%PDF-1.7")


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_shows_the_example_and_every_option(name, run):
    shown = " ".join(run(f"{name} --help").output.split())
    command = main if not name else LateGroup.get_command(main, None, name)
    assert "Example: handouts " in shown
    for parameter in command.params:
        if parameter.param_type_name == "option" and parameter.name != "help":
            assert parameter.help, f"{name}: {parameter.name}"
            assert parameter.opts[-1] in shown


def read_readme_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith("handouts ")]


def test_the_commands_of_the_readme_work_in_their_order(clone, run):
    commands = read_readme_commands()
    assert len(commands) > 5
    for line in commands:
        result = run(line)
        assert result.exit_code == 0, f"{line}\n{result.output}"


def test_help_imports_nothing_heavy():
    code = (
        "import json, sys\n"
        "from handouts.commands import COMMANDS, main\n"
        "for name in ['', *COMMANDS]:\n"
        "    main([*name.split(), '--help'], standalone_mode=False)\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in json.loads(done.stderr.splitlines()[-1])}
    assert "click" in loaded
    assert loaded & HEAVY == set()


def test_the_front_door_of_a_checkout(clone):
    command = [sys.executable, str(ROOT / "cli.py"), "list", "editions"]
    done = subprocess.run(command, cwd=clone, capture_output=True, text=True, check=True)
    assert "large-print" in done.stdout.split()


def test_no_command_opens_a_connection(clone, run, monkeypatch):
    def refuse(*args, **more):
        raise AssertionError("a command asked for the network")

    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    monkeypatch.setattr("socket.create_connection", refuse)
    assert run("handouts check examples/clinic.yaml").exit_code == 0
    assert run("handouts list handouts").exit_code == 0


@pytest.mark.parametrize("command", ["make back-spasms -o sheet.pdf", "figure bridge -o bridge.svg", "check examples"])
def test_quiet_may_stand_ahead_of_the_command_or_behind_it(command, clone, run):
    clinic = " --clinic examples/clinic.yaml" if command.startswith("make") else ""
    assert run(command + clinic).stderr
    assert run(f"-q {command}{clinic}").stderr == ""
    assert run(f"{command}{clinic} -q").stderr == ""
