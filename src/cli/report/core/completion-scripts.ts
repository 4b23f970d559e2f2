// What a shell needs to complete words of this program: it hands over what was typed and takes lines.

export const completionScripts = {
  bash: `_syncmgr() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "$(syncmgr completion --words bash -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o filenames -F _syncmgr syncmgr
`,
  zsh: `_syncmgr() {
  local -a found
  found=(\${(f)"$(syncmgr completion --words zsh -- "\${(@)words[2,CURRENT]}" 2>/dev/null)"})
  if (( \${#found} )); then compadd -- $found; else _files; fi
}
compdef _syncmgr syncmgr
`,
  fish: `complete -c syncmgr -f -a '(syncmgr completion --words fish -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
} as const;

export type Shell = keyof typeof completionScripts;
