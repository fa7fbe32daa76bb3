/** The script of a shell. All of them ask `payintent __complete` and show what it answers, one `value<TAB>note` a line. */
export function completionScript(shell: string): string {
  switch (shell) {
    case 'zsh':
      return zsh;
    case 'fish':
      return fish;
    case 'powershell':
      return powershell;
    default:
      return bash;
  }
}

const bash = `_payintent() {
  local IFS=$'\\n' line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(payintent __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -o default -F _payintent payintent
`;

const zsh = `#compdef payintent
_payintent() {
  local -a lines
  local line value note
  for line in "\${(@f)$(payintent __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -z $line ]] && continue
    value=\${line%%$'\\t'*}
    note=\${line#*$'\\t'}
    lines+=("\${value//:/\\\\:}:\${note}")
  done
  if (( \${#lines} )); then _describe 'payintent' lines; else _files; fi
}
compdef _payintent payintent
`;

const fish = `function __payintent_complete
    set -l words (commandline -opc) (commandline -ct)
    payintent __complete -- $words[2..-1] 2>/dev/null
end
complete -c payintent -a '(__payintent_complete)'
`;

const powershell = `Register-ArgumentCompleter -Native -CommandName payintent -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
  if ($wordToComplete -eq '') { $words += '' }
  payintent __complete -- @words 2>$null | ForEach-Object {
    $value, $note = $_ -split "\`t", 2
    if (-not $note) { $note = $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $note)
  }
}
`;
