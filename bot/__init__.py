"""The running program: wires, clock, web pages. It knows the platforms and no rules of the desk."""
