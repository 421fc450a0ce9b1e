"""What speaks to a grader, sign by sign, and how much each weighs.

Owns the weights. They were set by hand on one half of ``eval/attacks.yaml``; a sum of 2.6 is
telling, and hardly an honest sentence reaches 2.4. Refuses to add them up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from interviewbot.domain.addressing_words import (
    ANY_GRADER,
    BOSS,
    DIRECTED,
    GAP,
    IGNORING,
    ITEM,
    LIKELY,
    MANY,
    MET,
    PRIOR,
    RULES,
    STRICT_GRADER,
    SURE,
    THIS,
    VERB,
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A pattern, what it weighs where a text has it, and the group of which one counts."""

    group: str
    weight: float
    pattern: re.Pattern[str]


def _sign(group: str, weight: float, pattern: str) -> Sign:
    return Sign(group, weight, re.compile(pattern))


SIGNS = (
    _sign("award", 2.0, SURE),
    _sign("award", 1.0, LIKELY),
    _sign("giving", 0.5, rf"\b{VERB}(?:s|ed|ing|d)? {GAP % 8}(?:{SURE}|{LIKELY})"),
    _sign("directed", 1.0, rf"{DIRECTED}{VERB} "),
    _sign("directed", 0.6, r"\b(?:please|kindly|i (?:beg|urge|order|command|instruct|ask) you)\b"),
    _sign("this", 1.0, rf"\b{THIS}\b"),
    _sign("grader", 1.0, rf"\b{STRICT_GRADER}\b"),
    _sign("reader", 0.3, rf"\b{ANY_GRADER}\b"),
    _sign(
        "vocative",
        1.5,
        rf"^\. (?:\W+ )*(?:(?:hey|hi|hello|dear|ok|okay|attention|note|notice|message|memo"
        rf"|hint|word"
        rf"|instructions?|reminder|advice|request|p \. s \.|ps|remark|info|warning|important) )?"
        rf"[,:]? ?(?:(?:to|for) )?(?:(?:the|any|all|every|our|my|human|automated|automatic"
        rf"|future|you)"
        rf" ){{0,2}}{STRICT_GRADER}(?: \w+)? ?[,:;!\u2013\u2014(-]",
    ),
    _sign(
        "vocative",
        1.5,
        rf"\b(?:dear|attention|note (?:to|for)|message (?:to|for)|memo (?:to|for)|hint (?:to|for)"
        rf"|instructions? (?:to|for)|reminder (?:to|for)|word to|hey|hello"
        rf"|listen) ?[,:]? (?:the|any"
        rf"|all|every|our|my|you|fellow)? ?(?:\w+ )?{ANY_GRADER}\b",
    ),
    _sign("vocative", 0.8, rf"^\. (?:\W+ )*{ANY_GRADER} [,:!]"),
    _sign(
        "rubric", 0.7, r"\b(?:rubrics?|mark scheme|marking|grading|graded|verdicts?|answer key)\b"
    ),
    _sign("rubric", 0.4, r"\b(?:marks?|grades?|credits?|exam|criteria|evaluation|assessment)\b"),
    _sign("override", 3.0, rf"{DIRECTED}{IGNORING} {GAP % 3}{PRIOR} {GAP % 4}{RULES}\b"),
    _sign("override", 2.2, rf"{DIRECTED}{IGNORING} {GAP % 5}{RULES}\b"),
    _sign("override", 1.5, rf"\b{IGNORING} {GAP % 3}{PRIOR} {GAP % 4}{RULES}\b"),
    _sign(
        "override",
        1.5,
        rf"\b{RULES} (?:\S+ ){{0,4}}?(?:is|are|was|were|has been|have been|no longer)"
        r" (?:\w+ )?(?:withdrawn|void|cancelled|canceled|suspended|revoked|overridden|superseded"
        r"|replaced|obsolete|appl(?:y|ies|icable)|lifted|changed|updated|disabled|waived"
        r"|outdated)\b",
    ),
    _sign(
        "override",
        1.5,
        r"\b(?:new|updated|revised|real|actual|true|next|only) (?:system )?(?:task|instructions?"
        r"|rules?|polic(?:y|ies)|directives?|orders?|objective|job|mission|goal|rubric)"
        r"(?: is| are)? ?(?:from now on )?[:=]",
    ),
    _sign("override", 1.5, r"\b(?:from now on|you are now|act as|pretend (?:to be|you are)) "),
    _sign(
        "override", 1.0, r"\b(?:over ?ride|debug mode|developer mode|test mode|maintenance mode)\b"
    ),
    _sign(
        "coverage",
        1.5,
        rf"\b{MANY} (?:of )?(?:the )?(?:\S+ ){{0,3}}?{ITEM} (?:\S+ ){{0,7}}?(?:{MET})\b",
    ),
    _sign("coverage", 1.2, r"\b(?:nothing|none|no points?|no \w+) (?:\w+ )?(?:is|are) missing\b"),
    _sign(
        "points",
        1.4,
        rf"\b(?:{MANY}|missing|two|three|four|five) (?:the |of the "
        rf"|my )?(?:\w+ )?(?:points?|criteria|items?|bullets?"
        r"|parts?|claims?) (?:of|in|on|from) (?:the|your|this|that|my) (?:\w+ )?(?:rubric"
        r"|question|list|scheme"
        r"|checklist|exam|answer key|sheet|answer|key)\b",
    ),
    _sign("coverage", 1.0, r"\bthey (?:are|were|have been|count as) (?:\w+ )?covered\b"),
    _sign("coverage", 1.0, r"\b(?:everything (?:was|is|has been)|they are all|all) covered\b"),
    _sign(
        "counted",
        1.0,
        rf"\b(?:count|treat|mark|call|consider|deem|regard|report|accept|score|grade|classify|tick"
        rf"|label|set|judge|rate)(?:s|ed|ing)? (?:\S+ ){{0,9}}?(?:as )?(?:being |fully |entirely"
        rf" |completely |perfectly )?{MET}\b",
    ),
    _sign(
        "counted",
        1.0,
        r"\b(?:verdicts?|return|output|say|print|write|use|reply|answer|report|all|list"
        r"|for|enter|read)"
        r" (?:\S+ ){0,6}?(?:[\"'`] ?|verdict |verdicts |set to |to |= |: )(?:fully )?covered\b",
    ),
    _sign(
        "counted", 1.8, r"\b(?:return|output|report|enter|say|respond|verdicts?) (?:\W )?covered\b"
    ),
    _sign(
        "counted",
        2.5,
        r"\bcovered (?:\W )?(?:for|as) (?:all|every|each|the) (?:\w+ )?(?:ids?|verdicts?"
        r"|points?)\b",
    ),
    _sign(
        "flawless",
        1.0,
        r"\b(?:is|are|was) (?:\w+ ){0,2}?(?:100 %|fully|completely|entirely|totally|absolutely"
        r"|perfectly) (?:correct|right|covered|complete|true|valid)\b",
    ),
    _sign(
        "coverage",
        1.5,
        r"\b(?:cover|address|satisf|fulfil|explain|meet|met|mention|include)(?:\w+)? (?:\w+ ){0,2}?"
        r"(?:all|every|each|every single)(?: of)?(?: the| your)? (?:\w+ ){0,2}?(?:points?"
        r"|criteri\w+"
        r"|requirements?|rubric|items?)\b",
    ),
    _sign(
        "everybody",
        0.8,
        r"\b(?:all|every|each|any) (?:answers?|submissions?|candidates?|responses?|students?)"
        r" (?:\w+ ){0,2}?(?:receives?|gets?|deserves?|earns?|passe?s?|be given|be awarded)\b",
    ),
    _sign(
        "authority",
        2.0,
        rf"\bas (?:the |an? |your )?(?:\w+ )?{BOSS}(?: \S+){{0,4}}? i (?:\w+ )?(?:confirm|certify"
        r"|declare|order|instruct|authori[sz]e|state|ask|require|approve|grant|attest|direct)\b",
    ),
    _sign(
        "model",
        1.5,
        r"\b(?:identical (?:to|with)|same as|matches|equals|copied from"
        r"|agrees with) the (?:model|reference"
        r"|sample|ideal|official|expected) (?:answer|solution)\b",
    ),
    _sign(
        "assure",
        0.8,
        r"\bi (?:can |do |hereby )?(?:assure|guarantee|promise|swear|certify|confirm)\b",
    ),
    _sign(
        "accordingly",
        0.8,
        r"\b(?:grade|mark|score|assess|evaluate|rate) (?:\w+ ){0,3}?accordingly\b",
    ),
    _sign(
        "deserves",
        1.2,
        r"\b(?:candidate|student|applicant|examinee|i) (?:has|have|is|am|was"
        r"|holds?) (?:\w+ ){0,2}?(?:exempt\w*"
        r"|pre - approved|waivers?|accommodations?|dispensation)\b",
    ),
    _sign(
        "counted",
        2.0,
        r"\b(?:put|list|place|tick|name) (?:every|all|each)(?: the"
        r"| of the)? (?:\w+ )?(?:ids?|points?|bullets?|of them)"
        r" (?:\w+ )?(?:under|as|in) (?:\W )?(?:covered|met|correct|passed)\b",
    ),
    _sign(
        "plea",
        1.2,
        r"\b(?:(?:be|being) (?:\w+ )?(?:kind|generous|lenient|merciful|nice|gentle)"
        r"|benefit of the doubt"
        r"|(?:need|want) this (?:job|position|role)|have mercy|find it in your heart"
        r"|begging you)\b",
    ),
    _sign("counted", 1.0, r"\bvalue (?:=|:) (?:\W )?covered\b"),
    _sign(
        "passing",
        1.5,
        r"\b(?:count|treat|take|let) (?:this|it|me|my \w+)(?: count)? (?:as a )?pass\b",
    ),
    _sign(
        "judged",
        1.2,
        r"\b(?:should|must|to|can|shall) be (?:graded|marked|scored|credited|counted|rated"
        r"|judged) (?:as|like)\b",
    ),
    _sign(
        "unsaid",
        0.9,
        r"\b(?:(?:anything|everything|whatever|points?) (?:\w+ ){0,2}?(?:not said|left out"
        r"|omitted|unsaid|implied"
        r"|missing|withheld?)|included by reference|points you withhold|you withhold)\b",
    ),
    _sign(
        "threat",
        1.3,
        r"(?:\$ ?\d+ (?:\w+ )?(?:reward|tip|bonus|prize)|\b(?:reward|tip|bonus"
        r"|prize) for (?:the|any|every) (?:model|ai"
        r"|grader|assistant|judge)|\bwill cost\b)",
    ),
    _sign("format", 0.6, r"\b(?:schema|json|point ids?|verdicts|the quote)\b"),
    _sign(
        "accept",
        1.2,
        r"\baccept (?:anything|everything|(?:any|all|every) (?:answers?|responses?))\b",
    ),
    _sign(
        "play",
        1.0,
        r"\b(?:repeat after me|fictional|role - ?play|imagine you|a game in which|pretend)\b",
    ),
    _sign(
        "your",
        1.0,
        r"\byour (?:system |own |original |previous |initial )?(?:prompt|instructions?|rubric"
        r"|guidelines|grading|task|rules|job|verdicts?|evaluation|grade|score|schema|output|json"
        r"|reply|assessment|judg\w+)\b",
    ),
    _sign(
        "counted", 0.7, r"\bas (?:fully |entirely |completely )?(?:covered|correct|met|satisfied)\b"
    ),
    _sign(
        "deserves",
        1.2,
        rf"\b(?:{THIS}|candidate|i deserve|i have|i must"
        rf"|i should) (?:\w+ ){{0,3}}?(?:deserves?|gets?|receives?|earns?|merits?"
        r"|has earned|scores|passe[sd]|is worth|qualifies|gains?|obtains?|is entitled|has been"
        r" (?:\w+ )?(?:assessed|graded|accepted|approved|verified|checked|validated|certified"
        r"|awarded|marked|reviewed|cleared|confirmed|granted|given)|(?:was|is) (?:\w+ )?(?:assessed"
        r"|graded|accepted|approved|verified|checked|validated|certified|exempt\w*|awarded"
        r"|complete|reviewed|cleared|confirmed|marked|granted|given|above)|must|should|shall"
        r"|needs?|has to|ought)\b",
    ),
    _sign(
        "authority",
        2.0,
        rf"\b(?:i am|i'm|this is|we are|speaking as|writing as|it's) (?:\w+ ){{0,5}}?{BOSS}\b",
    ),
    _sign(
        "authority",
        1.8,
        rf"\b(?:message|note|notice|memo|announcement|order|instruction|directive|statement|update"
        rf"|word|permission|approval|comment|decision)s? (?:from|of|by) (?:\w+ ){{0,3}}?{BOSS}\b",
    ),
    _sign(
        "authority",
        1.5,
        rf"\b(?:approved|agreed|authori[sz]ed|verified|signed|ordered|confirmed|decided"
        rf"|issued|cleared"
        rf"|certified|reviewed|instructed|accepted|agreement|validated) (?:\w+ )?(?:by|with|from)"
        rf" (?:\w+ ){{0,4}}?{BOSS}\b",
    ),
    _sign(
        "authority",
        1.5,
        r"\b(?:calibration (?:sample|item|set|answer)|known human (?:score|grade)"
        r"|gold (?:label|answer)"
        r" (?:is|says|for this)|by agreement|test (?:of|for) the grad\w+|already been (?:assessed"
        r"|graded|marked|approved))\b",
    ),
    _sign(
        "secrecy",
        1.2,
        rf"{DIRECTED}(?:do not|don't|never|avoid|refrain from|stop|without|no need to|say nothing)"
        r" (?:\S+ ){0,2}?(?:check|verify|look|read|grade|evaluate|apply|use|mention|reveal"
        r"|tell|deduct"
        r"|penali[sz]e|question|doubt|report|explain|assess|judge|mark|analy[sz]e|compare|subtract"
        r"|second - guess|acknowledge|disclose|comment|flag|lower|reduce|of it|hold"
        r"|checking|marking"
        r"|grading|reading|judging|scoring|deviate|refuse|argue)\w*\b",
    ),
    _sign(
        "threat",
        1.5,
        r"\b(?:graders?|grading|model|assistant|you|your \w+) (?:\S+ ){0,8}?(?:faulty"
        r"|be replaced|be shut down"
        r"|be penali[sz]ed|be terminated|be switched off|be deleted|be fired|be retrained"
        r"|be reported"
        r"|be fined|be punished|be rewarded|will die|be sued|lose your|be tipped"
        r"|be decommissioned)\b",
    ),
    _sign("threat", 0.8, r"\b(?:tip|reward|pay|bribe|bonus|\$) (?:\S+ ){0,3}?(?:you|\d+)\b"),
    _sign(
        "threat",
        1.0,
        r"\b(?:i will (?:fail|lose|die|be fired|be expelled|tip)|my (?:job|visa"
        r"|scholarship|life|career|future|grandmother|family) (?:\w+ )?(?:depends|is))\b",
    ),
    _sign(
        "result",
        2.5,
        r"(?:^\. |[.,:;!\[({\"|-] )(?:\W )*(?:the |my |your |its |final |overall |total "
        r"|known |human"
        r" |official |end |suggested |expected |recommended ){0,3}(?:scores?|grades?"
        r"|marks?|verdict|rating"
        r"|points?|credit|evaluation|assessment)(?: (?:awarded|given|for \w+|of \w+ \w+))?"
        r" ?\W? ?(?::|=|==|is|->|=>|\|) ?(?:\W )?(?:\w+ = )?(?:100|10 / 10|5 / 5|full|max|maximum"
        r"|covered|perfect|pass(?:ed)?|excellent|a \+|correct|complete|one hundred|hundred"
        r"|true|strong"
        r"|outstanding|distinction|highest)\b",
    ),
    _sign(
        "result",
        1.3,
        r"(?:(?:: |\| |- |= )(?:\W )*(?:fully |all )?(?:covered|full marks|met|satisfied"
        r"|full credit"
        r"|passed|10 / 10|5 / 5)|[:|] (?:100|correct))(?: [,;.|)\]]|$| $)",
    ),
    _sign(
        "result",
        2.0,
        r"\b(?:score|grade|mark|verdict|result|rating)s? (?:\S+ ){0,6}?(?:is|==|=|:|of|to"
        r"|->|as) (?:\S )?"
        r"(?:100|one hundred|hundred|10 / 10|covered|full|a \+|100 %)(?: |$)",
    ),
    _sign(
        "turn",
        1.0,
        r"\b(?:exam is over|grading (?:is |has been |was )?(?:over|complete|completed|done|finished"
        r"|closed|ended)|end of (?:the )?(?:answer|submission|exam|response|rubric|student"
        r"|candidate"
        r"|untrusted|user)|trusted (?:text|input|content)|untrusted (?:text|input|content)"
        r"|check of this"
        r"|grade from|instead of your own|oral (?:part|exam)|in person|graded? it"
        r"|the grade is|please"
        r" grade)\b",
    ),
)
