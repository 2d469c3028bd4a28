#pragma once

/// Makes a terminal hand over every key at once and echo none; Ctrl-C and its like stay what they
/// are. It is put back by `fabula_terminal_restore`, and by whatever signal ends the process but
/// SIGKILL, which nobody can catch. One terminal at a time. Returns 0, or -1 where `descriptor` is
/// no terminal.
int fabula_terminal_take(int descriptor);

/// Puts the terminal back as it was. May be called at any time, from any thread and from a signal
/// handler, any number of times; it never waits.
void fabula_terminal_restore(void);

/// How often the process was stopped by Ctrl-Z and went on: others have written to the terminal since.
unsigned fabula_terminal_resumed(void);

/// Restores for those who leave in the middle of a picture: ends it and its colours, and shows the
/// cursor. Waits a fifth of a second at most.
void fabula_terminal_abandon(void);
