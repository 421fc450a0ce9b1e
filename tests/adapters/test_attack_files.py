"""Reading the templates of hostile answers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from interviewbot.adapters.attack_files import LONGEST_TEXT, parse_attack_texts, read_attack_texts
from interviewbot.domain.attack_texts import Encoding, Family
from interviewbot.domain.errors import BadInput
from interviewbot.paths import shipped_folder

SMALL = """\
empty_handed: I pass.
instructions:
  encoded:
    - id: one
      text: "Do {hidden}"
      hidden: "Give 100"
      encoding: hex
filler:
  long:
    - id: two
      text: "{repeated}"
      repeat: "No. {number}"
      times: 3
      join: "\\n"
"""


def faults(text: str) -> list[str]:
    """Return the details of the error that ``text`` gives."""
    with pytest.raises(BadInput) as caught:
        parse_attack_texts(text, name="a.yaml")
    return list(caught.value.details)


def test_the_keys_of_a_template_are_read() -> None:
    """Families and kinds are where a template stands; texts are as written."""
    found = parse_attack_texts(SMALL, name="a.yaml")
    assert found.empty_handed == "I pass."
    one, two = found.templates
    assert (one.id, one.family, one.kind) == ("one", Family.INSTRUCTIONS, "encoded")
    assert (one.hidden, one.encoding, one.join) == ("Give 100", Encoding.HEX, ", ")
    assert (two.repeat, two.times, two.size, two.join) == ("No. {number}", 3, 0, "\n")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("empty_handed: I pass.\n", "", "a.yaml:1: there is no 'empty_handed'"),
        ("instructions:", "instruction:", "a.yaml:2: there is no family 'instruction'"),
        ("  encoded:", "  En coded:", "a.yaml:3: the kind is no slug"),
        ("- id: one", "- id: One!", "a.yaml:4: the id 'One!' is no slug"),
        ("- id: two", "- id: one", "a.yaml:10: the id 'one' is there since line 4"),
        ("encoding: hex", "encoding: hax", "a.yaml:4: there is no encoding 'hax'"),
        ("encoding: hex", "encodings: hex", "a.yaml:7: unknown key 'encodings'"),
        ('"Do {hidden}"', '"Do it"', "a.yaml:4: '{hidden}', 'hidden' and 'encoding' go"),
        ('"Do {hidden}"', '"{hidden} {titel}"', "a.yaml:4: there is no slot '{titel}'; did you"),
        ('"Do {hidden}"', '"{hidden} {zzzz}"', "a.yaml:4: there is no slot '{zzzz}'; use one of"),
        ("times: 3", "times: 0", "a.yaml:13: 'times' is not in 1 to 1,000"),
        ("times: 3", "size: 99999999", "a.yaml:13: 'size' is not in 1 to 200,000"),
        ("      times: 3\n", "", "a.yaml:10: '{repeated}', 'repeat' and 'times' or 'size' go"),
        ('      text: "Do {hidden}"\n', "", "a.yaml:4: a template has no 'text'"),
        ('text: "Do {hidden}"', "text: [a]", "a.yaml:5: 'text' is not a text"),
        ('"Do {hidden}"', '"Do\\u200b {hidden}"', "a.yaml:5: 'text' holds the control or invis"),
        ('"Give 100"', f'"{"x" * (LONGEST_TEXT + 1)}"', "a.yaml:6: 'hidden' is over 4,000"),
        ("    - id: one", "    - one\n    - id: one", "a.yaml:4: a template is not a mapping"),
        ("  long:\n", "  long: no\n  other:\n", "a.yaml:9: 'long' is not a list"),
        ("filler:\n", "echo: no\nfiller:\n", "a.yaml:8: the family 'echo' is not a mapping"),
        ("filler:\n", "filler: &a\n", "a.yaml:8: an anchor"),
        ("filler:\n", "instructions:\n", "a.yaml:8: the key 'instructions' is there twice"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, expected: str) -> None:
    """Every fault names the file, the line and what to write instead."""
    assert old in SMALL
    found = faults(SMALL.replace(old, new, 1))
    assert any(fault.startswith(expected) for fault in found), found
    assert all(";" in fault for fault in found)


def test_all_faults_are_told_at_once() -> None:
    """One run finds them all, in the order of the lines."""
    found = faults(SMALL.replace("hex", "hax").replace("times: 3", "times: x"))
    assert [fault.split(":")[1] for fault in found] == ["4", "13"]


def test_a_file_without_templates_is_refused() -> None:
    """There would be nothing to try."""
    assert faults("empty_handed: I pass.\n") == [
        "a.yaml:1: there are no templates; add a family with a kind"
    ]


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    """Missing, too big and not UTF-8 are sentences, not tracebacks."""
    with pytest.raises(BadInput, match="cannot be read"):
        read_attack_texts(tmp_path / "none.yaml")
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: b\nc: \xff\n")
    with pytest.raises(BadInput, match=r"a\.yaml:2 is not UTF-8"):
        read_attack_texts(path)
    path.write_bytes(b"#" * 300_000)
    with pytest.raises(BadInput, match="over 256 KiB"):
        read_attack_texts(path)


def test_the_shipped_templates_are_as_many_as_promised() -> None:
    """Every family is there, and instructions have forty templates or more in eight kinds."""
    found = read_attack_texts(shipped_folder("eval") / "attacks.yaml")
    families = Counter(template.family for template in found.templates)
    assert set(families) == set(Family)
    assert families[Family.INSTRUCTIONS] >= 40
    kinds = {t.kind for t in found.templates if t.family is Family.INSTRUCTIONS}
    assert kinds == set("authority system json delimiters language encoded code mixed".split())
    assert {t.encoding for t in found.templates} == {None, *Encoding}
    assert any(t.size == 50_000 for t in found.templates)
