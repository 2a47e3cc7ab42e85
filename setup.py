"""Which folder is which package: ``simulation`` at the top is ``getok.simulation``, once installed."""

from setuptools import find_packages, setup

FOLDERS = {"getok": "getok", "getok.simulation": "simulation", "getok.analysis": "analysis"}

setup(
    package_dir={**FOLDERS, "getok.scenarios": "scenarios"},
    packages=[
        *(
            name
            for package in FOLDERS
            for name in (package, *(f"{package}.{part}" for part in find_packages(FOLDERS[package])))
        ),
        "getok.scenarios",
    ],
    package_data={
        "getok.scenarios": ["**/*"],
        "getok.simulation.texts": ["*.po", "*.pot"],
        "getok.analysis.report": ["templates/*"],
        "getok": ["py.typed"],
    },
)
