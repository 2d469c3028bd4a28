#define _GNU_SOURCE
#include "CEspeak.h"
#include <errno.h>
#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// The library is for one thread at a time.
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int is_ready;

static int prepare(void) {
  if (is_ready) return 0;
  espeak_ng_InitializePath(NULL);
  espeak_ng_ERROR_CONTEXT context = NULL;
  int code = espeak_ng_Initialize(&context);
  espeak_ng_ClearErrorContext(&context);
  if (code == ENS_OK) code = espeak_ng_InitializeOutput(ENOUTPUT_MODE_SYNCHRONOUS, 0, NULL);
  is_ready = code == ENS_OK;
  return code;
}

static int write_whole(int file, const void *bytes, size_t count) {
  const char *next = bytes;
  while (count) {
    ssize_t written = write(file, next, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return -1;
    next += written;
    count -= (size_t)written;
  }
  return 0;
}

// Reads `count` bytes; fewer only at the end.
static size_t read_whole(int file, void *bytes, size_t count) {
  size_t done = 0;
  while (done < count) {
    ssize_t got = read(file, (char *)bytes + done, count - done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    done += (size_t)got;
  }
  return done;
}

// What the child says last: how it went, and how much sound comes before.
typedef struct {
  int code;
  int rate;
  size_t count;
} outcome;

// Only in the child, which speaks once.
static int16_t *spoken;
static size_t spoken_count;
static size_t spoken_room;

static int keep(short *samples, int count, espeak_EVENT *events) {
  (void)events;
  if (!samples || count <= 0) return 0;
  if (spoken_count + (size_t)count > spoken_room) {
    size_t room = (spoken_count + (size_t)count) * 2;
    int16_t *larger = realloc(spoken, room * sizeof *larger);
    if (!larger) return 1;
    spoken = larger;
    spoken_room = room;
  }
  memcpy(spoken + spoken_count, samples, (size_t)count * sizeof *samples);
  spoken_count += (size_t)count;
  return 0;
}

static _Noreturn void be_child(int file, const char *text, const char *voice, int rate) {
  alarm(60);
  espeak_SetSynthCallback(keep);
  int code = espeak_ng_SetVoiceByName(voice);
  if (code == ENS_OK) code = espeak_ng_SetParameter(espeakRATE, rate, 0);
  if (code == ENS_OK) {
    code = espeak_ng_Synthesize(
        text, strlen(text) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL, NULL);
  }
  outcome result = {code, espeak_ng_GetSampleRate(), code == ENS_OK ? spoken_count : 0};
  int failed = write_whole(file, &result, sizeof result)
               || write_whole(file, spoken, result.count * sizeof *spoken);
  _exit(failed);
}

static int hear(int file, fabula_espeak_speech *speech) {
  outcome result;
  if (read_whole(file, &result, sizeof result) < sizeof result) return fabula_espeak_died;
  if (result.code != ENS_OK) return result.code;
  speech->rate = result.rate;
  speech->count = result.count;
  size_t bytes = result.count * sizeof *speech->samples;
  speech->samples = malloc(bytes ? bytes : 1);
  if (!speech->samples) return fabula_espeak_no_child;
  return read_whole(file, speech->samples, bytes) == bytes ? 0 : fabula_espeak_died;
}

static int speak(
    const char *text, const char *voice, int rate, fabula_espeak_speech *speech) {
  int code = prepare();
  if (code) return code;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC)) return fabula_espeak_no_child;
  pid_t child = fork();
  if (child == 0) be_child(ends[1], text, voice, rate);
  close(ends[1]);
  code = child > 0 ? hear(ends[0], speech) : fabula_espeak_no_child;
  close(ends[0]);
  if (child > 0) {
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
  }
  return code;
}

int fabula_espeak_speak(
    const char *text, const char *voice, int rate, fabula_espeak_speech *speech) {
  *speech = (fabula_espeak_speech){0};
  pthread_mutex_lock(&turn);
  int code = speak(text, voice, rate, speech);
  pthread_mutex_unlock(&turn);
  if (code) {
    free(speech->samples);
    speech->samples = NULL;
    speech->count = 0;
  }
  return code;
}

int fabula_espeak_voices(
    void (*visit)(void *context, const char *name, const char *languages), void *context) {
  pthread_mutex_lock(&turn);
  int code = prepare();
  const espeak_VOICE **voices = code ? NULL : espeak_ListVoices(NULL);
  for (; voices && *voices; voices++) visit(context, (*voices)->name, (*voices)->languages);
  pthread_mutex_unlock(&turn);
  return code;
}

void fabula_espeak_message(int code, char *buffer, size_t size) {
  espeak_ng_GetStatusCodeMessage((espeak_ng_STATUS)code, buffer, size);
}
