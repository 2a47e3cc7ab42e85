"""The model on Mesa's own page: ``solara run --production docs/solara_page.py``, where Solara is installed.

Weeks are played one by one; curves and the map of stages follow. Another scenario or seed starts anew.
"""

import networkx as nx
import solara
from matplotlib.figure import Figure
from mesa.visualization import SolaraViz, make_plot_component
from mesa.visualization.utils import update_counter

import getok

COLOURS = {"unaware": "#d9d9d9", "implementation": "#1f5f95", "confirmation": "#0b2f4d", "discontinued": "#d98b4a"}
"""Stages that one looks for; the others lie between."""


@solara.component
def stage_map(model):
    """Buyers on their network, coloured by stage."""
    update_counter.get()  # draw again after each week
    network = nx.Graph((buyer.index, tie.to.index) for buyer in model.buyers for tie in buyer.ties)
    places = solara.use_memo(lambda: nx.spring_layout(network, seed=1), dependencies=[model.seed])
    figure = Figure(figsize=(6, 6))
    axes = figure.add_subplot()
    colours = [COLOURS.get(model.buyers[place].stage.name.lower(), "#9ecae1") for place in network]
    nx.draw_networkx(network, places, ax=axes, node_color=colours, node_size=14, width=0.15, with_labels=False)
    axes.set_axis_off()
    solara.FigureMatplotlib(figure)


page = SolaraViz(
    getok.CommunityModel("implemented_2019", seed=1),
    components=[stage_map, make_plot_component("packs_sold"), make_plot_component("active_buyers")],
    model_params={
        "scenario": {
            "type": "Select",
            "value": "implemented_2019",
            "values": list(getok.scenarios()),
            "label": "scenario",
        },
        "seed": {"type": "SliderInt", "value": 1, "min": 1, "max": 100, "step": 1, "label": "seed"},
    },
    name="getok",
)
