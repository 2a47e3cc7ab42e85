"""Programs for contagion on networks, each on the nearest model that it can run, on one random graph."""

import warnings

from benchmarks.communities import rw_for, sized
from benchmarks.comparison import Comparison, seconds
from getok.simulation.engine import Simulation, burn_in

MEAN_DEGREE = 8.6
"""Of the random graph; getok's community has about as many ties a person."""


def compare(n, rounds, n_weeks):
    """Let getok and every installed peer run in turns.

    Parameters
    ----------
    n : int
        Agents, nearly.
    rounds, n_weeks : int
        Rounds, and weeks (steps, iterations) in each.

    Returns
    -------
    list of Comparison
    """
    import networkx as nx  # noqa: PLC0415 - slow to import, used here only

    graph = nx.fast_gnp_random_graph(n, MEAN_DEGREE / n, seed=1)
    scenario = sized(rw_for(n))
    snapshot = burn_in(scenario, 1, 0)
    peers = prepared(graph, n_weeks)
    ours, theirs = [], [[] for _ in peers]
    whole_week(scenario, snapshot, n_weeks)
    for number in range(rounds):
        ours.append(whole_week(scenario, snapshot, n_weeks))
        for (_, run), rates in zip(peers, theirs, strict=True):
            rates.append(run(number))
    size = len(snapshot.world.buyers)
    return [
        Comparison(f"{peer.what}, {size:,} buyers", peer.name, tuple(ours), tuple(rates), peer.bar, peer.note)
        for (peer, _), rates in zip(peers, theirs, strict=True)
    ]


def prepared(graph, n_weeks):
    """Peers that can be imported here, each with a function that runs it."""
    found = []
    for peer in PEERS:
        try:
            found.append((peer, peer.prepare(graph, n_weeks)))
        except ImportError as error:
            print(f"left out: {peer.name} ({error})")
    return found


def whole_week(scenario, snapshot, n_weeks):
    """Agent-weeks a second of getok, programme and agencies included."""
    simulation = Simulation(scenario, snapshot.seed, snapshot.replicate, snapshot)
    return len(snapshot.world.buyers) * n_weeks / seconds(lambda: simulation.advance(n_weeks))


class Starsim:
    """SIR of starsim: agents, contacts and infections as arrays; on the same static graph."""

    name, what, bar = "starsim, SIR", "agent-weeks against agent steps", 5.0
    note = "One infection, one time of recovery, weekly steps, 1 % infected at the start; initialisation not counted."

    @staticmethod
    def network(ss, graph):
        """Who meets whom."""
        return ss.StaticNet(graph=graph)

    @classmethod
    def prepare(cls, graph, n_steps):
        """Return a function that runs one simulation and gives agent steps a second."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import starsim as ss  # noqa: PLC0415 - optional

        def run(seed):
            sim = ss.Sim(
                n_agents=len(graph),
                networks=cls.network(ss, graph),
                diseases=ss.SIR(beta=ss.perweek(0.02), init_prev=0.01, dur_inf=ss.weeks(10), p_death=0),
                dt=ss.weeks(1),
                start=ss.date("2019-01-01"),
                dur=ss.weeks(n_steps - 1),
                rand_seed=seed + 1,
                verbose=0,
            )
            sim.init()
            return len(graph) * len(sim.t.timevec) / seconds(sim.run)

        run(0)
        return run


class StarsimFreshContacts(Starsim):
    """The same on the random network that starsim takes by default, drawn anew every step."""

    name = "starsim, SIR, contacts drawn anew every step"
    note = "The same on starsim's own RandomNet with 9 contacts, as most of its examples have it."

    @staticmethod
    def network(ss, _graph):
        """Who meets whom this step."""
        return ss.RandomNet(n_contacts=9)


class Ndlib:
    """Threshold model of NDlib: a loop over nodes in Python."""

    name, what, bar = "NDlib, Threshold", "agent-weeks against node updates", 50.0
    note = "Threshold 0.35 everywhere, 1 % adopted at the start; every iteration counts all nodes, adopters too."

    @staticmethod
    def prepare(graph, n_iterations):
        """Return a function that runs one simulation and gives node updates a second."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from ndlib.models import ModelConfig  # noqa: PLC0415 - optional
            from ndlib.models.epidemics import ThresholdModel  # noqa: PLC0415 - optional
        n_iterations = max(3, n_iterations // 5)

        def run(seed):
            model = ThresholdModel(graph, seed=seed)
            config = ModelConfig.Configuration()
            config.add_model_parameter("fraction_infected", 0.01)
            for node in graph.nodes:
                config.add_node_configuration("threshold", node, 0.35)
            model.set_initial_status(config)
            model.iteration()  # the first only reports the start
            return len(graph) * n_iterations / seconds(lambda: [model.iteration() for _ in range(n_iterations)])

        return run


class Cynetdiff:
    """Independent cascade of CyNetDiff, in C++: a node is looked at once, when it has become active."""

    name, what, bar = "CyNetDiff, independent cascade", "agent-weeks against activations", None
    note = (
        "1 % seeds, activation 0.2, until nobody is new. A node tries each of its ties once in its life: what is "
        "counted is nodes that became active. Nobody can stop, forget or buy, and time is not counted."
    )

    @staticmethod
    def prepare(graph, _n_steps):
        """Return a function that runs some cascades and gives activations a second."""
        from cynetdiff.utils import networkx_to_ic_model  # noqa: PLC0415 - optional

        model, _ = networkx_to_ic_model(graph, activation_prob=0.2)
        model.set_seeds(range(len(graph) // 100))

        def run(seed):
            model.set_rng(seed)
            active, taken = 0, 0.0
            for _ in range(5):
                model.reset_model()
                taken += seconds(model.advance_until_completion)
                active += model.get_num_activated_nodes()
            return active / taken

        return run


PEERS = (Starsim, StarsimFreshContacts, Ndlib, Cynetdiff)
