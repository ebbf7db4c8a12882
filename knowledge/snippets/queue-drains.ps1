# The queue drains and LastError goes away. Exchange tries again by itself; the commented line tries at once.
if (Get-Command -Name 'Get-Queue' -ErrorAction SilentlyContinue) {
    Get-Queue -Server $Server -Filter "MessageCount -gt 0" |
        Format-List 'Identity', 'Status', 'NextHopDomain', 'MessageCount', 'LastError'
}
# [reversible] Retry-Queue -Server $Server -Filter "Status -eq 'Retry'"
