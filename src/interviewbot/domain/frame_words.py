"""The words that frames of statements are made of: "there is no doubt that", "people say".

Owns the lists. Refuses to know how they add up; see ``frames``.
"""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the words of ``text``."""
    return frozenset(text.split())


NEGATIONS = word_set(
    """
not no never none nothing nobody neither nor without cannot hardly rarely barely scarcely lacks
lacking fails fail unable isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't
wouldn't shouldn't haven't hasn't hadn't mustn't needn't isnt arent dont doesnt didnt cant wont
"""
)
TURNING = NEGATIONS | word_set("hard difficult impossible beyond refuse refuses refused stop")
DISOWNING = word_set(
    """
doubt doubts doubted doubtful question questionable deny denies denied denying disagree disagrees
dispute disputes disputed reject rejects rejected refute refutes refuted
disproved disproven debunked unproven legend object objects objected false falsely wrong wrongly
incorrect incorrectly untrue mistaken mistakenly mistake mistakes misconception misconceptions lie
lies lying myth myths fallacy nonsense rubbish erroneous erroneously unlikely improbable
absurd ridiculous
"""
)
# Nobody forgets or wonders at what is not so: these assert what follows, denied or not.
FACTIVE = word_set(
    """
forget forgets forgot forgotten forgetting ignore ignores ignored overlook overlooked neglect
neglected stress emphasise emphasize overstate overemphasise overemphasize repeat secret wonder
surprise surprises surprising surprised surprisingly coincidence accident saying realise realize
know knows knew known news enough
"""
)
UNREAL = word_set("dream dreams dreamt dreamed wish wishes pretend fantasy fiction fairy")
OPINION = word_set(
    """
think thinks thought thinking believe believes believed believing assume assumes assumed say says
said claim claims claimed argue argued expect expected suppose supposed hear heard told imagine
conclude concluded belief idea notion
"""
)
IGNORANT = word_set(
    """
know knew known sure certain idea clue understand understood remember recall wonder ask unsure
uncertain grasp grasped tell forgot forgotten
"""
)
OTHERS = word_set(
    """
people many some most beginners beginner students student candidates novices others everyone
everybody they newcomers practitioners
"""
)
MAYBE = word_set("might may could would sometimes often")
FIRST_PERSON = word_set("i i'm i've i'd nobody me my")
PLAIN = word_set(
    """
i we you it he she they this that there these those one ones an a the my your our their its his
i'm i've i'd it's that's there's you'd you've we've we'd they're what's let's he's she's
is are was were be been being am do does did has have had can could may might must shall should
will would to in on at for with by about as of so and or if when far than then well also all any
each both who which what why here
really entirely completely totally fully quite very absolutely simply just plain merely only even
ever often sometimes usually commonly frequently always certainly surely definitely clearly
obviously likely probably perhaps maybe possibly honestly frankly actually basically generally
widely popularly still too longer further strictly exactly sadly personally first mostly rather
true right correct sure unsure certain uncertain clear fair safe reasonable possible surprised
convinced persuaded easy important worth obvious evident common popular tempting nice good great
lovely wonderful ideal silly expert professional native speaker serious exact formula number
doubtless case statement view opinion suggestion fact evidence proof reason way rumour
world sense detail details name names word words term terms answer part parts order memory
agree agrees admit accept accepts accepted miss mention mentioned note noted remember remembered
recall understand understood see seen seems seem appear appears follow follows mean means go goes
going infer suggest suggests buy hold holds come comes support expect wondering tell
read learnt learned studied formally details everything getting get me clue ask
bear mind keep truth add added most widespread simple simplistic matter taste plainly problem
contrary but though however yet course me myself want
"""
)
# "There is no … that": only behind these is it a frame.
GROUNDS = word_set("doubt question evidence proof reason way denying secret chance guarantee sense")
NOT_BEFORE_THAT = word_set(
    "so such in of for with without by to on at as than about and or all than each any only"
)
# Behind these a statement may follow without a "that".
BARE = word_set("think thinks believe believes doubt deny wish dream dreams forget wonder")
ARTICLES = word_set("a an the this these those all each its their any some most many it they we")
VOCABULARY = TURNING | DISOWNING | FACTIVE | UNREAL | OPINION | IGNORANT | OTHERS | PLAIN

DENYING_NOUNS = word_set("lie myth misconception fallacy nonsense rubbish")
UNTRUE = DENYING_NOUNS | word_set(
    "false wrong incorrect untrue mistaken erroneous lies myths absurd ridiculous"
)
TRUTH = word_set("true so case right correct")
WHOLE = word_set("everything all whatever nothing none any every each anything")
TEXTUAL = (
    VOCABULARY
    | WHOLE
    | word_set(
        """
paragraph paragraphs text statement statements sentence sentences line lines following below
above before next after wrote write written previous preceding earlier made up claims
"""
    )
)
