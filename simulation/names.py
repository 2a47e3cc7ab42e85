"""Words for codes, in the order of the enums of :mod:`getok.simulation.state`: what tables, files and figures write.

Kept apart and light, because reading a scenario file needs them without the arrays.
"""

STAGE_NAMES = (
    "unaware",
    "knowledge",
    "persuasion",
    "decision",
    "implementation",
    "confirmation",
    "rejected",
    "discontinued",
)
ENTERED_NAMES = STAGE_NAMES[1:6]
ZONE_NAMES = ("rw", "outside", "institution")
CHANNEL_NAMES = ("door", "shop", "institution", "supermarket", "online")
SOURCE_NAMES = ("none", "door", "member", "buyer", "aware", "shop", "online")
CATEGORY_NAMES = ("innovator", "early_adopter", "early_majority", "late_majority", "laggard")
COOPERATION_NAMES = ("none", "informal", "verbal", "mou")
OUTLET_KIND_NAMES = ("warung", "institution", "supermarket", "online")
TIE_KIND_NAMES = ("social", "patronage", "supply", "service")
REFUSAL_NAMES = ("none", "quality", "unsold stock")
