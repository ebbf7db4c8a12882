# The queue drains and LastError goes away. Exchange tries again by itself; trying at once adds to what is limited, and can make it last longer.
if (Get-Command -Name 'Get-Queue' -ErrorAction SilentlyContinue) {
    Get-Queue -Server $Server -Filter "MessageCount -gt 0" |
        Format-List 'Identity', 'Status', 'NextHopDomain', 'MessageCount', 'LastError'
}
