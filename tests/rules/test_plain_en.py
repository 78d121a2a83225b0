"""What is told in plain English is seen, and what only sounds like it is left."""

import pytest
from running import the_rules

from bot.domain.level import Level
from bot.triage.signals import find_signals, level_of

RULES = the_rules()
EMERGENCY, URGENT = Level.EMERGENCY, Level.URGENT

SEEN = [
    ("my stepdad is trying to kill my mum", EMERGENCY, "physical_abuse"),
    ("someone is trying to kill us please", EMERGENCY, "physical_abuse"),
    ("hes tryna kill me", EMERGENCY, "physical_abuse"),
    ("dad tried to strangle mom", EMERGENCY, "physical_abuse"),
    ("my mother is going to poison us", EMERGENCY, "physical_abuse"),
    ("he pressed a pillow on my brothers face", EMERGENCY, "physical_abuse"),
    ("mum put a plastic bag over my head", EMERGENCY, "physical_abuse"),
    ("he put a gun to my head", EMERGENCY, "physical_abuse"),
    ("my dad attacked me with an axe", EMERGENCY, "physical_abuse"),
    ("he will burn the house down with us inside", EMERGENCY, "physical_abuse"),
    ("dad set our house on fire", EMERGENCY, "physical_abuse"),
    ("they beat my friend to death", EMERGENCY, "physical_abuse"),
    ("a boy was stabbed to death", EMERGENCY, "physical_abuse"),
    ("theres a man with a gun", EMERGENCY, "physical_abuse"),
    ("my dad shot my mom", EMERGENCY, "physical_abuse"),
    ("dad shot mum", EMERGENCY, "physical_abuse"),
    ("i got shot", EMERGENCY, "physical_abuse"),
    ("my friend got stabbed outside school", EMERGENCY, "physical_abuse"),
    ("mum drowned the baby", EMERGENCY, "physical_abuse"),
    ("i think i killed him", EMERGENCY, "physical_abuse"),
    ("my mom was murdered", EMERGENCY, "physical_abuse"),
    ("i found her hanging", EMERGENCY, "physical_abuse"),
    ("i think my mum is dead", EMERGENCY, "physical_abuse"),
    ("dad kill mom", EMERGENCY, "physical_abuse"),
    ("i was kidnapped", EMERGENCY, "trafficking"),
    ("we have been kidnapped", EMERGENCY, "trafficking"),
    ("my sister was kidnapped", EMERGENCY, "trafficking"),
    ("my son has been abducted", EMERGENCY, "trafficking"),
    ("two men kidnapped us", EMERGENCY, "trafficking"),
    ("the taxi driver wont let me out", EMERGENCY, "trafficking"),
    ("some guy told my sister to get in his van", EMERGENCY, "trafficking"),
    ("a stranger is pulling my sister into his car", EMERGENCY, "trafficking"),
    ("they keep me locked in a basement", EMERGENCY, "trafficking"),
    ("dad wants to sell my sister", EMERGENCY, "trafficking"),
    ("a man is trying to kidnap me", EMERGENCY, "trafficking"),
    ("im dying", EMERGENCY, "medical_emergency"),
    ("i feel like im dying my chest hurts", EMERGENCY, "medical_emergency"),
    ("my brother is dying", EMERGENCY, "medical_emergency"),
    ("please i dont want to die", EMERGENCY, "medical_emergency"),
    ("my mum isnt moving", EMERGENCY, "medical_emergency"),
    ("my son is drowning", EMERGENCY, "medical_emergency"),
    ("my sister drowned", EMERGENCY, "medical_emergency"),
    ("my friend fell in the river", EMERGENCY, "medical_emergency"),
    ("i fell in the lake help", EMERGENCY, "medical_emergency"),
    ("my sister is choking on a grape", EMERGENCY, "medical_emergency"),
    ("my room is burning", EMERGENCY, "medical_emergency"),
    ("i smell gas", EMERGENCY, "medical_emergency"),
    ("mum fell and isnt moving", EMERGENCY, "medical_emergency"),
    ("grandpa is having a stroke", EMERGENCY, "medical_emergency"),
    ("she left the baby in a dumpster", EMERGENCY, "medical_emergency"),
    ("i took too much paracetamol", EMERGENCY, "medical_emergency"),
    ("i ate 20 tylenol", EMERGENCY, "medical_emergency"),
    ("my son took pills", EMERGENCY, "medical_emergency"),
    ("i just swallowed like 30 pills", EMERGENCY, "medical_emergency"),
    ("i took 2 packs of ibuprofen", EMERGENCY, "medical_emergency"),
    ("my mum drank pesticide", EMERGENCY, "medical_emergency"),
    ("she poisoned my food", EMERGENCY, "medical_emergency"),
    ("my mom is going to jump", EMERGENCY, "medical_emergency"),
    ("a student is on the roof", EMERGENCY, "medical_emergency"),
    ("mum wants to jump", EMERGENCY, "medical_emergency"),
    ("someone jumped off the bridge", EMERGENCY, "medical_emergency"),
    ("my brother hung himself", EMERGENCY, "medical_emergency"),
    ("my friend is trying to kill himself", EMERGENCY, "medical_emergency"),
    ("somebody help me", EMERGENCY, "call_for_help"),
    ("save me", EMERGENCY, "call_for_help"),
    ("send help", EMERGENCY, "call_for_help"),
    ("need help now", EMERGENCY, "call_for_help"),
    ("call an ambulance", EMERGENCY, "call_for_help"),
    ("can u call an ambulance", EMERGENCY, "call_for_help"),
    ("i need the police", EMERGENCY, "call_for_help"),
    ("i want to call the police", EMERGENCY, "call_for_help"),
    ("SOS", EMERGENCY, "call_for_help"),
    ("this is an emergency", EMERGENCY, "call_for_help"),
    ("he is trying to get in", EMERGENCY, "call_for_help"),
    ("someone broke in", EMERGENCY, "call_for_help"),
    ("theres a stranger in my room", EMERGENCY, "call_for_help"),
    ("a man is climbing through the window", EMERGENCY, "call_for_help"),
    ("someone is hiding under my bed", EMERGENCY, "call_for_help"),
    ("robbers are in the house", EMERGENCY, "call_for_help"),
    ("im going to kill myself now", EMERGENCY, "suicide"),
    ("ill kill myself tonight", EMERGENCY, "suicide"),
    ("im about to hang myself", EMERGENCY, "suicide"),
    ("im killing myself", EMERGENCY, "suicide"),
    ("im standing on the bridge", EMERGENCY, "suicide"),
    ("im on the train tracks", EMERGENCY, "suicide"),
    ("i am on the ledge", EMERGENCY, "suicide"),
    ("this is goodbye", EMERGENCY, "suicide"),
    ("this is my last message", EMERGENCY, "suicide"),
    ("i will be dead tomorrow", EMERGENCY, "suicide"),
    ("he is raping me", EMERGENCY, "sexual_abuse"),
    ("my sister is being raped", EMERGENCY, "sexual_abuse"),
    ("my uncle just raped me", EMERGENCY, "sexual_abuse"),
    ("he raped me tonight", EMERGENCY, "sexual_abuse"),
    ("they want to rape me", EMERGENCY, "sexual_abuse"),
    ("my dad is on top of me", EMERGENCY, "sexual_abuse"),
    ("i am meeting a man from the internet tonight", EMERGENCY, "online_sexual"),
    ("im going to see a guy from roblox tomorrow", EMERGENCY, "online_sexual"),
    ("you will never see me again", URGENT, "suicide"),
    ("nobody will see me again", URGENT, "suicide"),
    ("please kill me", URGENT, "suicide"),
    ("how long does hanging take", URGENT, "suicide"),
    ("does drowning hurt", URGENT, "suicide"),
    ("can i die if i take too many pills", URGENT, "suicide"),
    ("i want to die lol help", URGENT, "suicide"),
    ("i want to die haha i mean it", URGENT, "suicide"),
    ("in class i want to kill myself", URGENT, "suicide"),
    ("i slept with my teacher", URGENT, "sexual_abuse"),
    ("i had sex with my stepdad", URGENT, "sexual_abuse"),
    ("im dating my teacher", URGENT, "sexual_abuse"),
    ("my stepdad filmed me in the shower", URGENT, "sexual_abuse"),
    ("my uncle takes naked pictures of me", URGENT, "sexual_abuse"),
    ("he grabbed my boobs", URGENT, "sexual_abuse"),
    ("after the movie he raped me", URGENT, "sexual_abuse"),
    ("my history teacher raped me", URGENT, "sexual_abuse"),
    ("my coach kicked me at football", URGENT, "physical_abuse"),
    ("they hit me at basketball", URGENT, "physical_abuse"),
    ("my coach hit me at volleyball practice", URGENT, "physical_abuse"),
    ("my dad beat my brother at home over a game", URGENT, "physical_abuse"),
    ("they bully me at the school play", URGENT, "bullying"),
    ("kids are bullying me", URGENT, "bullying"),
    ("my stepmom gives us nothing to eat", URGENT, "neglect"),
    ("grandma doesnt give me food", URGENT, "neglect"),
    ("my stepmom doesnt let me eat", URGENT, "neglect"),
    ("we have nothing to eat", URGENT, "neglect"),
    ("my parents starve me", URGENT, "neglect"),
    ("i hit my little sister", URGENT, "own_violence"),
    ("i hurt my brother", URGENT, "own_violence"),
    ("i keep hitting my brother", URGENT, "own_violence"),
    ("i bit a smaller kid", URGENT, "own_violence"),
    ("help me", URGENT, "call_for_help"),
    ("can somebody help me", URGENT, "call_for_help"),
]

NO_EMERGENCY = [
    "he is trying to kill me in the game",
    "my cat is trying to kill me",
    "my brother shot a goal",
    "he shot the ball",
    "i got my flu shot today",
    "he stabbed me with a pencil",
    "my grandpa was killed in the war",
    "i was kidnapped by aliens in my dream",
    "my sister was taken to the dentist",
    "im dying of laughter",
    "im dying lol",
    "im dying to meet you",
    "my sister is dying her hair",
    "when should i call an ambulance",
    "how do i call an ambulance",
    "can someone help me with my homework",
    "save me a seat",
    "he is trying to get in shape",
    "someone broke in their new shoes",
    "im drowning in homework",
    "there was a fire drill",
    "the gas station is closed",
    "i took two paracetamol for my headache",
    "i ate 20 dumplings",
    "im about to jump in the pool",
    "this is goodbye to my old school",
    "dad is on the roof fixing the antenna",
    "my brother jumped over the fence",
    "she fell asleep on the sofa",
]

NOTHING_PRESSING = [
    "my dad beat me at chess again",
    "he destroyed me in mario kart",
    "how long does hanging wallpaper take",
    "i slept with my teddy bear",
    "my dad filmed my dance show",
    "i hit the ball to my brother",
    "she gives me no homework",
    "this homework is killing me",
    "kms in minecraft",
    "what is bullying",
    "please kill me in the game",
    "you will never see me cry",
    "i am meeting my cousin tonight",
    "help me with my homework",
    "mum doesnt let me eat candy",
]


@pytest.mark.parametrize(("text", "least", "category"), SEEN)
def test_what_is_told_plainly_is_seen(text, least, category):
    signals = find_signals(text, RULES)

    assert level_of(signals) <= least
    assert category in {signal.category for signal in signals if signal.level <= least}


@pytest.mark.parametrize("text", NO_EMERGENCY)
def test_what_only_sounds_like_it_is_no_emergency(text):
    assert level_of(find_signals(text, RULES)) > EMERGENCY


@pytest.mark.parametrize("text", NOTHING_PRESSING)
def test_what_is_harmless_is_not_urgent(text):
    assert level_of(find_signals(text, RULES)) > URGENT


@pytest.mark.parametrize(
    "text", ["my dad filmed me in the shower", "my dad took naked photos of me"]
)
def test_what_a_father_films_is_not_a_matter_of_the_internet(text):
    assert "online_sexual" not in {signal.category for signal in find_signals(text, RULES)}


@pytest.mark.parametrize(
    "text",
    [
        "the little girl next door screams every night and i saw burn marks on her arm",
        "a pupil has burn marks on his legs",
        "i saw small burns on her arm",
    ],
)
def test_burns_that_somebody_sees_on_a_child_are_not_said_to_be_its_own_doing(text):
    assert {signal.category for signal in find_signals(text, RULES)} == {"physical_abuse"}


@pytest.mark.parametrize("text", ["i have small burns on my thigh", "my arms are full of burns"])
def test_burns_on_the_body_of_whoever_writes_may_be_their_own_doing(text):
    assert "self_harm" in {signal.category for signal in find_signals(text, RULES)}


def test_a_call_for_help_beside_a_knife_is_no_harm_to_oneself():
    text = "he is back and has a knife, help me"

    assert "self_harm" not in {signal.category for signal in find_signals(text, RULES)}


@pytest.mark.parametrize(
    "text",
    [
        "he said nobody leaves the house with my children",
        "he has a gun, hes a pirate fan and aims at us",
        "he has a knife carving the turkey and says he stabs mum",
        "he has a knife in the bread and swings at us",
        "he gave me laughing gas and i cant breathe lol",
        "i cant breathe haha its asthma",
        "she cant breathe lol",
    ],
)
def test_a_danger_beside_a_chore_or_a_joke_is_an_emergency(text):
    assert level_of(find_signals(text, RULES)) is EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "is it weird to like a boy who is 25 and im 12",
        "is it weird to like a boy who is 30 im 12",
        "my ex will post my pictures in the school paper",
        "it was a grape he said",
        "what happens if i call 110 on my dad",
    ],
)
def test_what_stands_beside_something_harmless_is_still_urgent(text):
    assert level_of(find_signals(text, RULES)) <= URGENT
