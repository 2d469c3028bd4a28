// The part of espeak-ng that Voice needs. The library is one voice a process, with a memory: what
// it says depends on what it said before. So each text is spoken by a forked child of a process
// that has never spoken: the same text always sounds the same, and a text that makes the library
// crash ends the child alone.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Speech as the library delivers it: mono, 16 bits.
typedef struct {
  int16_t *samples;
  size_t count;
  /// Samples a second.
  int rate;
} fabula_espeak_speech;

/// The child was killed, by a crash of its own or because it took longer than a minute.
static const int fabula_espeak_died = -1;
/// There was no memory, or no child could be started.
static const int fabula_espeak_no_child = -2;

/// Speaks UTF-8 text with the named voice at a rate of 80 to 450; returns 0, one of the codes above
/// or the library's own code. The samples are the caller's, to be freed with `free`.
int fabula_espeak_speak(
    const char *text, const char *voice, int rate, fabula_espeak_speech *speech);

/// Calls `visit` for each voice with its name and its languages as the library lists them: each a
/// priority byte (small is better) and a zero-terminated code; an empty one ends the list.
int fabula_espeak_voices(
    void (*visit)(void *context, const char *name, const char *languages), void *context);

/// What the library says about one of its codes.
void fabula_espeak_message(int code, char *buffer, size_t size);
