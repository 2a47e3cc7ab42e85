"""THE MODEL: agents whose methods are the rules, a ``step`` a week (docs/odd.md).

The compiled engine lives the same weeks, to the last bit. This is the one to read, and to change by subclassing.
"""

from getok.simulation.model.agencies import Agency, Facilitator
from getok.simulation.model.agents import Actor
from getok.simulation.model.buyers import Buyer
from getok.simulation.model.community_model import CommunityModel
from getok.simulation.model.groups import Group
from getok.simulation.model.members import Member
from getok.simulation.model.shop_owners import ShopOwner

__all__ = ["Actor", "Agency", "Buyer", "CommunityModel", "Facilitator", "Group", "Member", "ShopOwner"]
