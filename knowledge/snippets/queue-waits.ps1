# Which messages wait for it, and what does their queue say last?
if (Get-Command -Name 'Get-Queue' -ErrorAction SilentlyContinue) {
    Get-Queue -Server $Server -Filter "MessageCount -gt 0" |
        Format-List 'Identity', 'Status', 'NextHopDomain', 'MessageCount', 'NextRetryTime', 'LastError'
}
