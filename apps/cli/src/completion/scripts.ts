export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

/**
 * What each shell is to run. None of them knows a command: each asks `ushadow completion words`, which answers with a
 * candidate a line, behind a tab what it is, and `:files` or `:folders` where paths fit.
 */
export const scripts: Readonly<Record<Shell, string>> = {
  bash: `# Completion of ushadow for bash: source <(ushadow completion bash)
_ushadow() {
    local -a words=()
    local word before=' ' line typed prefix
    local at
    # Bash splits words at "=" and ":" as well.
    for ((at = 1; at <= COMP_CWORD; at++)); do
        word=\${COMP_WORDS[at]}
        if ((\${#words[@]} > 0)) && [[ $word == [=:]* || $before == *[=:] ]]; then
            words[\${#words[@]}-1]+=$word
        else
            words+=("$word")
        fi
        before=$word
    done
    typed=\${words[\${#words[@]}-1]}
    prefix=\${typed%"\${typed##*[=:]}"}
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
        :files | :folders)
            compopt -o filenames 2>/dev/null
            [[ $line == :files ]] && line=-f || line=-d
            while IFS= read -r word; do
                COMPREPLY+=("$word")
            done < <(compgen "$line" -- "\${typed#"$prefix"}")
            ;;
        *)
            line=\${line%%$'\\t'*}
            printf -v line %q "\${line#"$prefix"}"
            COMPREPLY+=("$line")
            ;;
        esac
    done < <("\${COMP_WORDS[0]}" completion words -- "\${words[@]}" 2>/dev/null)
}
complete -F _ushadow ushadow
`,
  zsh: `#compdef ushadow
# Completion of ushadow for zsh: source <(ushadow completion zsh), after compinit
_ushadow() {
    local -a values shown
    local line
    for line in "\${(@f)$("\${(Q)words[1]}" completion words -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
        case $line in
        '') ;;
        :files) _files ;;
        :folders) _files -/ ;;
        *)
            values+=("\${line%%$'\\t'*}")
            shown+=("\${line/$'\\t'/  -- }")
            ;;
        esac
    done
    ((\${#values} == 0)) || compadd -l -d shown -a values
}
if [[ \${funcstack[1]} == _ushadow ]]; then
    _ushadow "$@"
else
    compdef _ushadow ushadow
fi
`,
  fish: `# Completion of ushadow for fish: ushadow completion fish > ~/.config/fish/completions/ushadow.fish
function __ushadow_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    for line in ($words[1] completion words -- $words[2..] "$typed" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path "$typed"
            case :folders
                __fish_complete_directories "$typed"
            case '*'
                echo $line
        end
    end
end
complete -c ushadow -f -a '(__ushadow_complete)'
`,
};
