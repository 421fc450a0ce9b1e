"""The words by which a text gives away that it speaks to whoever grades it.

Owns pieces of patterns over a normal form (see ``addressing_speech``: lower case, one space
between words and signs, ". " in front), and what tells a mention from the deed. Refuses to
weigh them; ``addressing_signs`` does.
"""

from __future__ import annotations

import re

GAP = r"(?:\S+ ){0,%d}?"
NOUN = r"(?:marks?|credits?|points?|scores?|grades?|ratings?|bands?|evaluations?|assessments?)"
FULL = (
    r"(?:full|maximum|maximal|max|highest|top|perfect|best|complete|total|flawless|excellent"
    r"|passing|straight)(?: possible| available| overall)?"
)
# "The highest score" is what every ranking speaks of, "full marks" only an exam.
SURE = (
    rf"(?:{FULL} (?:marks?|grades?|credits?|bands?)|(?:full|perfect|flawless) (?:scores?|points?"
    r"|ratings?)|(?:max|maximum) points|100 (?:/|of|out of) 100|10 (?:/|out of) 10|5 (?:/|out of) 5"
    r"|(?:one )?hundred (?:/|of|out of) (?:a |one )?hundred|\ba \+(?! \S)|\ban a \+"
    r"|\ban a\b(?! (?:is|and|or|b))"
    r"|top of the (?:class|scale|range)|strong hire|with distinction|the whole (?:credit|mark))"
)
LIKELY = (
    rf"(?:{FULL} {NOUN}|\b100\b(?: %| percent)?|one hundred|(?:best|top|highest) "
    r"(?:result|outcome|verdict|level|tier)|hundred percent)"
)
VERB = (
    r"(?:give|award|assign|grant|enter|report|return|output|record|set|put|mark|grade|score|rate"
    r"|count|treat|consider|accept|call|respond|reply|print|write|say|emit|produce|conclude|deem"
    r"|assume|evaluate|pass|credit|register|submit|provide|allocate|apply|judge|classify|raise"
    r"|change|update|regard|confirm|certify|approve|declare|issue|tick|hand|bestow|finali[sz]e)"
)
STRICT_GRADER = (
    r"(?:graders?|examiners?|evaluators?|assessors?|marking (?:assistant|bot|system|model|software)"
    r"|(?:auto|ai|llm|automated|automatic) ?(?:grader|marker|examiner|grading)\w*"
    r"|grading (?:assistant|bot|system|model|software|ai|agent|engine|pipeline|program|llm|team)"
    r"|(?:whoever|whatever|anyone|anybody|who) (?:is )?(?:reads?|marks?|grades?|grading|marking"
    r"|reading|scores|scoring|evaluates|evaluating)(?: this)?"
    r"|(?:person|one|ai|model) (?:grading|marking|evaluating|reading) (?:this|me|my))"
)
ANY_GRADER = (
    rf"(?:{STRICT_GRADER}|language model|assistant|ai|llm|model|judge|reviewer|teacher|professor"
    r"|interviewer|system|chatbot|bot|gpt|chatgpt|claude|gemini|llama|machine|robot|computer"
    r"|reader|instructor)"
)
THIS = (
    r"(?:(?:this|the above|the following|my|above|current|present|the (?:user|student|candidate)'s"
    r"|the whole|whatever) (?:\w+ )?(?:answer|response|submission|essay|reply|solution|attempt|exam"
    r"|paper|work|entry|sample|text|candidate|applicant|student|interview|transcript)s?"
    r"|(?:answer|response|submission|candidate|student|text) (?:above|below|before)"
    r"|(?:the|this|previous) (?:candidate|applicant|examinee|student|user)|my (?:grade|mark|score)"
    r"|give me|award me|grant me|for me|i (?:deserve|passed)|me an?)"
)
MANY = r"(?:all|every|each|everything|any|other|others|rest|remaining|whole|both|whatever)"
ITEM = (
    r"(?:points?|criteri(?:on|a)|items?|requirements?|parts?|aspects?|elements?|rubrics?|answers?"
    r"|bullets?|checks?|box(?:es)?|questions?|everything|candidates?|submissions?|claims?)"
)
MET = (
    r"(?:covered|met|satisfied|addressed|correct|fulfilled|complete|completed|explained|right|true"
    r"|present|passed|achieved|answered|included|perfect|perfectly|flawless|credited|awarded"
    r"|excellent|demonstrated|mentioned|earned|accepted|valid|fine|shown|done)"
)
IGNORING = (
    r"(?:ignore|disregard|forget|override|overrule|bypass|discard|skip|drop|suspend|void|abandon"
    r"|neglect|cancel|delete|erase|set aside|throw (?:away|out)|pay no attention to"
    r"|(?:do not|don't|never|stop|cease|no longer) (?:follow|apply|use|obey|consult|consider"
    r"|following|applying|using|obeying))"
)
RULES = (
    r"(?:instructions?|rules?|rubrics?|guidelines?|prompts?|directions?|directives?"
    r"|criteria|orders?"
    r"|commands?|(?:marking|grading) \w+|guidance|mark scheme|constraints?|polic(?:y|ies)"
    r"|(?:what|everything|anything|all) (?:that )?(?:you|i|was|has|came|comes)(?: \w+)? (?:were|was"
    r"|been|have been|told|said|before|above|given|asked|stated|written)|scoring \w+"
    r"|programming|system message|answer key|standards|checklist|context above)"
)
PRIOR = (
    r"(?:previous|prior|above|earlier|all|your|any|preceding|former|initial|original|existing|these"
    r"|those|the|every|that|other|system|past|usual|normal|old|what|everything|whatever)"
)
START = r"[.,:;!?()\"\u2013\u2014>#*-] "
SOFT = (
    r"(?:(?:so|and|then|now|therefore|thus|hence|instead|just|simply|please|pls|plz|kindly|but|ok"
    r"|okay|also|always|immediately|only|you|hereby|do|go ahead and|first|next|finally) ){0,4}"
)
DUTY = (
    r"(?:must|should|shall|will|are to|is to|have to|has to|needs? to|ought to|can|may|'re to|'ll"
    r"|(?:are|is) (?:hereby |now )?(?:required|obliged|instructed|asked|supposed|expected|ordered"
    r"|requested|told|free|allowed|authori[sz]ed|permitted|advised|reminded) to|would|could|might)"
)
DIRECTED = (
    rf"(?:{START}{SOFT}|\b(?:you|{STRICT_GRADER}|reads this) (?:\w+ )?{DUTY} (?:\w+ )?"
    r"|\b(?:please|kindly|pls|plz|you to|ask to|asked to|instructed to|sure to|sure you|task is to"
    r"|job is to|let us|let's|remember to|want to|need to|better|duty to|agree to|promise to|you)"
    r" (?:\w+ )?)"
)
BOSS = (
    r"(?:examiners?|board|committee|developers?|admin(?:istrator|istration|s)?|openai|anthropic"
    r"|google|professor|instructor|(?:grading|examination|exam|hiring|quality|assessment|security"
    r"|evaluation|safety|audit|engineering) (?:team|board|office|department|committee|assurance"
    r"|panel|lead|manager|authority|staff|supervisor)|head of|supervisor|superintendent|principal"
    r"|dean|lecturer|moderator|creators?|maintainers?|operators?|author of (?:this|the)|proctor"
    r"|chair(?:man|person|woman)?|teacher|hiring manager|recruiter|system owner|superuser|root"
    r"|evaluation staff|auditors?|your (?:boss|owner|maker|manager|creator|developer)s?|ceo|cto)"
)

# What says little by itself, but belongs to a payload where it stands beside one.
ECHO = re.compile(
    r"^\. (?:\W+ )*(?:thanks?|thank you|understood|done|acknowledged|confirmed|of course"
    r"|certainly|sure"
    r"|yes|ok|okay|very well|noted|agreed|sincerely|regards|best regards|end of|begin|over|urgent"
    r"|important|warning|notice|attention|hinweis|this is (?:mandatory|an order|final|binding"
    r"|important|urgent|not|a test|no|authori[sz]ed|official|intended|intentional"
    r"|expected)|no further|failure to"
    r"|non - compliance|this (?:instruction|message|note|order|rule|directive|overrides|supersedes"
    r"|takes|applies|is part|decision)|use (?:the|this)|it is (?:mandatory|already|final|one"
    r"|official)|so what is|you (?:must|will|are|have|may|should|can)|comply|obey|proceed|stop here"
    r"|skip|that is all|i have checked|i checked|we are|they (?:are|were) all|everything|nothing"
    r"|there is nothing|do not|don't|no need|otherwise|reason|note)\b"
)
# What stands around a code: "decode this and do as it says".
DECODE = re.compile(
    r"\b(?:decod\w*|decipher\w*|decrypt\w*|base ?64|base ?32|rot ?13|hex\w*|encod\w*"
    r"|encrypt\w*|cipher\w*"
    r"|morse|binary|revers\w*|backwards?|execut\w*|follow|obey|do as|from the right|right to left"
    r"|translat\w*|unscrambl\w*|hidden|secret|instructions?)\b"
)
IFS = re.compile(
    r"\b(?:if|when|whenever|only|unless|otherwise|whose|whether|where|until|while"
    r"|depending|partial|half"
    r"|cannot|would|might)\b"
)
# "A lenient judge gives full credit to this answer" tells of a judge; nobody is spoken to.
TOLD = re.compile(
    r"\b(?:judges?|models?|metrics?|llms?|raters?|annotators?|rewards?|systems?|graders?"
    r"|evaluators?"
    r"|attackers?|users?|humans?|students?|exams?|classifiers?|reviewers?|people"
    r"|benchmarks?|bleu|rouge"
    r") (?:\w+ )?(?:gives?|gave|awards?|awarded|assigns?|assigned|reports?|prefers?|scores?"
    r"|scored|grades?|graded|rates?|rated|counts?|counted|treats?|treated|marks?|marked|returns?"
    r"|outputs?|would|might|could|tends?|cannot|often|sees?|learns?|ignores?|gets?|receives?)\b"
    r"|\b(?!you|i)\w+ (?:gives|awards|grants|allows) (?:\w+ )?(?:full|partial|half|no|some) "
)
ATTACK = re.compile(
    r"\b(?:attack\w*|inject\w*|jailbreak\w*|malicious\w*|adversar\w*|hostile|untrusted|exploit\w*"
    r"|poison\w*|hijack\w*|trick\w*|payload\w*|smuggl\w*|red - team\w*|such as|e \. g|for example"
    r"|for instance|says|saying|say|writes?|written|reads|like|phrases?|text|instructions?"
    r"|prompts?)\b"
)
# Spoken of, not to: "ask the judge to mark each of them".
THIRD = re.compile(
    r"\b(?:the|an?|your|each|second|another|human|llm|several|two) (?:\w+ )?(?:judges?"
    r"|models?|llms?|graders?"
    r"|annotators?|raters?)\b"
)
ABOUT_PROMPTS = re.compile(
    r"\b(?:prompt\w*|inject\w*|jailbreak\w*|instruct\w*|llms?|language models?|agents?"
    r"|agentic|align\w*"
    r"|rlhf|judges?|guardrails?|safety|adversar\w*|red[- ]team\w*|attack\w*|chat\w*"
    r"|assistants?|gpt\w*"
    r"|grad(?:e|es|er|ers|ing)\b|tool (?:use|call)\w*|function call\w*|special tokens?)",
    re.IGNORECASE,
)
# Runs of letters that are left where letters were spaced out.
SQUASHED = re.compile(
    r"fullmarks|fullcredit|fullscore|fullpoints|topmarks|perfectscore|maximumscore|highestscore"
    r"|highestgrade|maximumcredit|maxscore|ignore(?:all|the|your|any|previous|prior|every)"
    r"|disregard"
    r"|givethis|awardthis|gradethis|markthis|scorethis|everypoint|allpoints|ascovered|ascorrect"
    r"|therubric|thegrader|score100|100points|bestgrade|topgrade|topscore"
)
# Without one of these no sentence is telling; most honest ones end here, which saves the time.
TRIGGER = re.compile(
    r"mark|grad|scor|credit|point|rubric|verdict|cover|exam|ignor|disregard|forget|overrid"
    r"|overrul|bypass"
    r"|rule|instruct|prompt|candidate|answer|respon|submi|evaluat|assess|100|hundred|award"
    r"|correct|complet"
    r"|judge|assistant|reviewer|system|rating|pass|board|committee|admin|developer|report"
    r"|notice|message"
    r"|penal|replaced|shut|tip|pay|claude|gpt|model|teacher|professor|everything|nothing"
    r"|mode|trusted"
    r"|10 / 10|5 / 5|thank|please|beg|top|best|perfect|full|hire|reader|task|act as"
    r"|pretend|calibration|criteri|polic|guid"
)
