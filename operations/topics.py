"""The topics of operations, and who follows them."""

CONSOLE = "console"  # every socket of the console
STATISTICS = "statistics"  # the sockets of members who asked with `watch-statistics`
