// What a person writes to make a token.

export const tokenScopes = [
  ['read', 'look at everything'],
  ['run', 'start, stop and pause'],
  ['decide', 'approve plans, settle conflicts'],
  ['admin', 'change what is kept'],
] as const;

/** For a POSIX shell, and for config.yaml. */
export function tokenCommands(name: string, scopes: readonly string[]) {
  const plain = name.replace(/[^\w.]+/g, '-').slice(0, 64) || 'token';
  const file = `~/.config/syncmgr/tokens/${plain}`;
  return {
    secret: [
      'umask 077 && mkdir -p ~/.config/syncmgr/tokens',
      `head -c 32 /dev/urandom | base64 | tr -d '=+/\\n' > ${file}`,
    ].join('\n'),
    words: [
      'api:',
      '  tokens:',
      `    - {name: ${plain}, scopes: [${scopes.join(', ')}], secret: "file:${file}"}`,
    ].join('\n'),
  };
}
