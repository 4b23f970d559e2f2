// The floor of a first copy: two threads, each file read and written in one piece under a temporary name
// and then renamed, with its time and permissions. Nothing is put on disk, nothing is remembered.
// Usage: copy LEFT RIGHT
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { threads = 2, buffer_bytes = 256 * 1024 };

struct folder {
  struct folder *next;
  char path[];
};

static struct folder *waiting;
static int at_work;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int left, right;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void put(const char *parent, const char *name) {
  size_t bytes = strlen(parent) + strlen(name) + 2;
  struct folder *folder = malloc(sizeof *folder + bytes);
  if (folder == NULL) fail("malloc");
  snprintf(folder->path, bytes, "%s/%s", parent, name);
  pthread_mutex_lock(&mutex);
  folder->next = waiting;
  waiting = folder;
  pthread_cond_signal(&changed);
  pthread_mutex_unlock(&mutex);
}

// NULL: nothing waits, and nobody is left who could find more.
static struct folder *take(int worked) {
  pthread_mutex_lock(&mutex);
  at_work -= worked;
  while (waiting == NULL && at_work > 0) pthread_cond_wait(&changed, &mutex);
  struct folder *folder = waiting;
  if (folder != NULL) {
    waiting = folder->next;
    at_work++;
  } else {
    pthread_cond_broadcast(&changed);
  }
  pthread_mutex_unlock(&mutex);
  return folder;
}

static void set_times(int file, const struct stat *found) {
  struct timespec times[2] = {found->st_atim, found->st_mtim};
  if (futimens(file, times) != 0) fail("futimens");
}

static void copy_file(int from, int to, const char *name, const struct stat *found, char *buffer) {
  char temporary[300];
  snprintf(temporary, sizeof temporary, ".%s.new", name);
  int source = openat(from, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (source < 0) fail(name);
  int target = openat(to, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, found->st_mode & 0777);
  if (target < 0) fail(temporary);
  for (ssize_t bytes; (bytes = read(source, buffer, buffer_bytes)) != 0;) {
    if (bytes < 0 || write(target, buffer, bytes) != bytes) fail(name);
  }
  set_times(target, found);
  close(source);
  close(target);
  if (renameat(to, temporary, to, name) != 0) fail(name);
}

static void copy_link(int from, int to, const char *name) {
  char target[4097];
  ssize_t bytes = readlinkat(from, name, target, sizeof target - 1);
  if (bytes < 0) fail(name);
  target[bytes] = 0;
  if (symlinkat(target, to, name) != 0) fail(name);
}

static void copy_folder(const char *path, char *buffer) {
  int from = openat(left, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  int to = openat(right, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (from < 0 || to < 0) fail(path);
  DIR *names = fdopendir(from);
  if (names == NULL) fail(path);
  for (struct dirent *entry; (entry = readdir(names)) != NULL;) {
    const char *name = entry->d_name;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) continue;
    struct stat found;
    if (fstatat(from, name, &found, AT_SYMLINK_NOFOLLOW) != 0) fail(name);
    if (S_ISDIR(found.st_mode)) {
      if (mkdirat(to, name, found.st_mode & 0777) != 0) fail(name);
      put(path, name);
    } else if (S_ISLNK(found.st_mode)) {
      copy_link(from, to, name);
    } else if (S_ISREG(found.st_mode)) {
      copy_file(from, to, name, &found, buffer);
    }
  }
  closedir(names);
  close(to);
}

static void *work(void *unused) {
  char *buffer = malloc(buffer_bytes);
  if (buffer == NULL) fail("malloc");
  struct folder *folder = take(0);
  while (folder != NULL) {
    copy_folder(folder->path, buffer);
    free(folder);
    folder = take(1);
  }
  free(buffer);
  return unused;
}

int main(int count, char **words) {
  if (count != 3) return 2;
  left = open(words[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  right = open(words[2], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (left < 0 || right < 0) fail("open");
  umask(0);
  put(".", ".");
  pthread_t lanes[threads];
  for (int at = 0; at < threads; at++) {
    errno = pthread_create(&lanes[at], NULL, work, NULL);
    if (errno != 0) fail("pthread_create");
  }
  for (int at = 0; at < threads; at++) pthread_join(lanes[at], NULL);
  return 0;
}
