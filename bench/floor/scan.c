// The floor of a run with nothing to do: the names of each tree are read and each entry is asked for,
// one thread to a tree, and nothing is kept. Usage: scan FOLDER...
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

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static unsigned long scan(int folder) {
  unsigned long entries = 0;
  DIR *names = fdopendir(folder);
  if (names == NULL) fail("fdopendir");
  for (struct dirent *entry; (entry = readdir(names)) != NULL;) {
    const char *name = entry->d_name;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) continue;
    struct stat found;
    if (fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) != 0) fail(name);
    entries++;
    if (!S_ISDIR(found.st_mode)) continue;
    int inside = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (inside < 0) fail(name);
    entries += scan(inside);
  }
  closedir(names);
  return entries;
}

static void *scan_root(void *root) {
  int folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) fail(root);
  return (void *)scan(folder);
}

int main(int count, char **words) {
  pthread_t threads[64];
  if (count < 2 || count > 65) return 2;
  for (int at = 1; at < count; at++) {
    errno = pthread_create(&threads[at - 1], NULL, scan_root, words[at]);
    if (errno != 0) fail("pthread_create");
  }
  for (int at = 1; at < count; at++) {
    void *entries;
    pthread_join(threads[at - 1], &entries);
    printf("%lu %s\n", (unsigned long)entries, words[at]);
  }
  return 0;
}
