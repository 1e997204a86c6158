// A disk that fails when a test says so. Preloaded into the program (LD_PRELOAD), it counts the calls that change files and,
// by the word in DISK_FAULT, does at one of them:
//     kill:N    SIGKILL before the Nth call
//     torn:N    half of what the Nth call writes, then SIGKILL
//     full:N    no space left, at the Nth call and all that follow
//     readonly  a read-only disk: no file is opened for writing
//     count     nothing; the number of calls is written to the file that DISK_CALLS names when the program ends
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;
static enum { NOTHING, KILL, TORN, FULL, READONLY } fault;
static long at;

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
    const char *told = getenv("DISK_FAULT");
    if (!told) return;
    const char *number = strchr(told, ':');
    at = number ? atol(number + 1) : 0;
    if (!strncmp(told, "kill:", 5)) fault = KILL;
    if (!strncmp(told, "torn:", 5)) fault = TORN;
    if (!strncmp(told, "full:", 5)) fault = FULL;
    if (!strcmp(told, "readonly")) fault = READONLY;
}

__attribute__((destructor)) static void end(void) {
    const char *place = getenv("DISK_CALLS");
    if (!place) return;
    FILE *out = fopen(place, "w");
    fprintf(out, "%ld", (long)calls);
    fclose(out);
}

static void die(void) {
    raise(SIGKILL);
}

// Whether a call that changes files is to fail for want of room. `torn` is set where half of it is to happen.
static int full(int grows, int *torn) {
    long call = ++calls;
    *torn = fault == TORN && call == at;
    if (fault == KILL && call == at) die();
    return fault == FULL && grows && call >= at;
}

static int is_file(int fd) {
    struct stat status;
    return !fstat(fd, &status) && S_ISREG(status.st_mode);
}

#define WRITING(fd, count, partly, whole)                            \
    if (!is_file(fd)) return whole;                                  \
    int torn;                                                        \
    if (full(1, &torn)) { errno = ENOSPC; return -1; }               \
    if (torn) { (void)!partly; die(); }                              \
    return whole;

ssize_t write(int fd, const void *from, size_t count) {
    WRITING(fd, count, REAL(write)(fd, from, count / 2), REAL(write)(fd, from, count))
}

ssize_t pwrite64(int fd, const void *from, size_t count, off64_t place) {
    WRITING(fd, count, REAL(pwrite64)(fd, from, count / 2, place), REAL(pwrite64)(fd, from, count, place))
}

ssize_t pwrite(int fd, const void *from, size_t count, off_t place) {
    return pwrite64(fd, from, count, place);
}

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t count, unsigned flags) {
    WRITING(out, count, REAL(copy_file_range)(in, from, out, to, 4096, flags),
            REAL(copy_file_range)(in, from, out, to, count, flags))
}

static int forbidden(const char *path, int flags) {
    struct stat status;
    int writes = (flags & O_ACCMODE) != O_RDONLY || flags & (O_CREAT | O_TRUNC);
    int is_file = stat(path, &status) || S_ISREG(status.st_mode);
    return fault == READONLY && writes && is_file;
}

#define OPENING(name)                                                \
    int name(const char *path, int flags, ...) {                     \
        va_list rest;                                                \
        va_start(rest, flags);                                       \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                                \
        if (forbidden(path, flags)) { errno = EROFS; return -1; }    \
        return REAL(name)(path, flags, mode);                        \
    }

OPENING(open)
OPENING(open64)

int mkdir(const char *path, mode_t mode) {
    struct stat status;
    if (fault == READONLY && stat(path, &status)) { errno = EROFS; return -1; }
    return REAL(mkdir)(path, mode);
}

#define CHANGING(name, parameters, arguments)                        \
    int name parameters {                                            \
        int torn;                                                    \
        full(0, &torn);                                              \
        if (torn) die();                                             \
        return REAL(name) arguments;                                 \
    }

CHANGING(fsync, (int fd), (fd))
CHANGING(fdatasync, (int fd), (fd))
CHANGING(ftruncate, (int fd, off_t length), (fd, length))
CHANGING(ftruncate64, (int fd, off64_t length), (fd, length))
CHANGING(rename, (const char *from, const char *to), (from, to))
CHANGING(unlink, (const char *path), (path))
