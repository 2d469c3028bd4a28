#include "CTerminal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <termios.h>
#include <unistd.h>

// A signal handler has no argument of its own: what it needs must be here.
static struct termios saved, raw;
static atomic_int terminal = -1;
static atomic_uint resumed;

// What ends a process that didn't expect it. Signals that ask it to end are the program's affair.
static const int fatal[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGSYS, SIGTRAP};
enum { FATAL = sizeof fatal / sizeof fatal[0] };
static struct sigaction before[FATAL], before_stop;

static void end_picture(int descriptor) {
  // A terminal that takes nothing must not keep us for long.
  struct pollfd ready = {descriptor, POLLOUT, 0};
  if (poll(&ready, 1, 200) == 1 && ready.revents & POLLOUT) {
    // Half a picture is ended first, or the rest would be taken for its pixels.
    static const char words[] = "\033\\\r\n\033[0m\033[?25h";
    if (write(descriptor, words, sizeof words - 1) < 0) return;
  }
}

static void die(int number) {
  int error = errno;
  fabula_terminal_abandon();
  errno = error;
  // It takes effect when this returns, and does what it did before us.
  raise(number);
}

static void pause_show(int number) {
  int error = errno;
  int descriptor = atomic_load(&terminal);
  if (descriptor >= 0) {
    tcsetattr(descriptor, TCSANOW, &saved);
    end_picture(descriptor);
  }
  raise(SIGSTOP);
  if (descriptor >= 0) tcsetattr(descriptor, TCSANOW, &raw);
  atomic_fetch_add(&resumed, 1);
  errno = error;
  (void)number;
}

int fabula_terminal_take(int descriptor) {
  if (!isatty(descriptor) || tcgetattr(descriptor, &saved)) return -1;
  raw = saved;
  raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
  raw.c_iflag &= ~(tcflag_t)(IXON | ICRNL);
  atomic_store(&terminal, descriptor);
  struct sigaction action = {.sa_handler = die};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < FATAL; i++) {
    sigaction(fatal[i], &action, &before[i]);
    // What our parent has us ignore stays ignored.
    if (before[i].sa_handler == SIG_IGN) sigaction(fatal[i], &before[i], 0);
  }
  struct sigaction stop = {.sa_handler = pause_show, .sa_flags = SA_RESTART};
  sigemptyset(&stop.sa_mask);
  sigaction(SIGTSTP, &stop, &before_stop);
  if (before_stop.sa_handler == SIG_IGN) sigaction(SIGTSTP, &before_stop, 0);
  if (!tcsetattr(descriptor, TCSADRAIN, &raw)) return 0;
  fabula_terminal_restore();
  return -1;
}

void fabula_terminal_restore(void) {
  int descriptor = atomic_exchange(&terminal, -1);
  if (descriptor < 0) return;
  tcsetattr(descriptor, TCSANOW, &saved);
  for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &before[i], 0);
  sigaction(SIGTSTP, &before_stop, 0);
}

unsigned fabula_terminal_resumed(void) { return atomic_load(&resumed); }

void fabula_terminal_abandon(void) {
  int descriptor = atomic_load(&terminal);
  fabula_terminal_restore();
  if (descriptor >= 0) end_picture(descriptor);
}
