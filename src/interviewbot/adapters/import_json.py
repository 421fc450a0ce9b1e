"""Questions out of JSON: an export of this program, or whatever others write.

Owns the names under which others keep a question, its answer and its points. Refuses to guess at
what has none of them: it is left out, with its number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from interviewbot.adapters.question_documents import NotAQuestion, parse_json, question_of
from interviewbot.domain.errors import BadInput
from interviewbot.domain.pages.answers import read_answer
from interviewbot.domain.pages.found import Claim, Found, FoundQuestion, LeftOut
from interviewbot.domain.pages.lines import lines_of
from interviewbot.domain.text import words

PROMPTS = ("prompt", "question", "front", "ask")
ANSWERS = ("model_answer", "answer", "back", "reference", "solution", "explanation")
POINTS = ("points", "key_points", "keypoints", "rubric", "reference_points")
TOPICS = ("topic", "category", "subject", "deck")
LEVELS = ("level", "difficulty")
IDS = ("id", "question_id")
_LISTS = ("questions", "cards", "notes", "items", "data")
_KNOWN = {*PROMPTS, *ANSWERS, *POINTS, *TOPICS, *LEVELS, *IDS, "title", "tags"}
_LONGEST_SHOWN = 200  # characters


def read_json(text: str, shown: str) -> Found:
    """Return the questions of the JSON ``text``; lines are the numbers of the entries.

    Raises:
        BadInput: if it is no JSON, or holds no list of objects.
    """
    try:
        raw = parse_json(text)
    except ValueError as error:
        raise BadInput(f"{shown} is not JSON: {error}", "export it anew") from error
    entries = _entries(raw)
    if entries is None:
        raise BadInput(f"{shown} holds no list of questions", 'write {"questions": [...]}')
    questions: list[FoundQuestion] = []
    left_out: list[LeftOut] = []
    for number, entry in enumerate(entries, start=1):
        found = read_entry(entry, number)
        questions.extend(found.questions)
        left_out.extend(found.left_out)
    return Found(questions=tuple(questions), left_out=tuple(left_out))


def _entries(raw: object) -> Sequence[object] | None:
    if isinstance(raw, dict):
        lists = [raw[key] for key in _LISTS if isinstance(raw.get(key), list)]
        return lists[0] if lists else [raw]
    return raw if isinstance(raw, list) else None


def read_entry(entry: object, number: int) -> Found:
    """Return the question that the object ``entry`` holds, whole or as far as its keys go."""
    try:
        return Found(questions=(FoundQuestion.of(question_of(entry), number),))
    except NotAQuestion:
        pass
    if not isinstance(entry, dict):
        return Found(left_out=(LeftOut(line=number, text=_shown(entry), why="not an object"),))
    return read_fields({str(key).strip().lower(): value for key, value in entry.items()}, number)


def read_fields(fields: Mapping[str, Any], number: int) -> Found:
    """Return the question that ``fields`` hold; those with names that nobody knows are left out."""
    prompt = _first(fields, PROMPTS) or _first(fields, ("title",))
    answer = read_answer(lines_of(_first(fields, ANSWERS)))
    claims = tuple(_claims(fields, number)) or answer.claims
    left_out = [
        LeftOut(line=number, text=f"{key}: {_shown(value)}", why="a field that is not known")
        for key, value in fields.items()
        if key not in _KNOWN and value not in (None, "", [], {})
    ]
    if not words(prompt) or not claims:
        why = "a question without an answer" if words(prompt) else "there is no question in it"
        said = "; ".join(f"{k}: {_shown(v)}" for k, v in fields.items() if k in _KNOWN and v)
        return Found(left_out=(LeftOut(line=number, text=said, why=why), *left_out))
    tags = fields.get("tags")
    question = FoundQuestion(
        line=number,
        id=_first(fields, IDS).strip(),
        title=_first(fields, ("title",)),
        topic=_first(fields, TOPICS),
        level=_first(fields, LEVELS),
        tags=tuple(map(str, tags)) if isinstance(tags, list) else tuple(str(tags or "").split()),
        prompt=prompt,
        claims=tuple(Claim(text=claim.text, line=number) for claim in claims),
        model_answer=answer.text,
    )
    dropped = [LeftOut(line=number, text=one.text, why=one.why) for one in answer.left_out]
    furniture = [LeftOut(line=number, text=one.text, why=one.why) for one in answer.furniture]
    return Found(questions=(question,), left_out=(*left_out, *dropped), furniture=tuple(furniture))


def _first(fields: Mapping[str, Any], names: tuple[str, ...]) -> str:
    found = (fields[name] for name in names if isinstance(fields.get(name), str | int))
    return next((str(one) for one in found if str(one).strip()), "")


def _claims(fields: Mapping[str, Any], number: int) -> Iterator[Claim]:
    raw: Any = next((fields[name] for name in POINTS if fields.get(name)), [])
    for one in raw.splitlines() if isinstance(raw, str) else raw if isinstance(raw, list) else []:
        text = one.get("text") if isinstance(one, dict) else one
        if isinstance(text, str) and (lines := [x for x in lines_of(text) if x.text]):
            yield Claim(text=" ".join(line.text for line in lines), line=number)


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
