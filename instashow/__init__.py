"""InstaShow: the seat-selling system that a cinema installs for itself."""

__version__ = "0.1.0"
