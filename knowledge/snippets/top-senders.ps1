# Who sent most of the last day? An account or an application that stands out is the first to look at.
if (Get-Command -Name 'Get-MessageTrackingLog' -ErrorAction SilentlyContinue) {
    Get-MessageTrackingLog -Server $Server -EventId 'Receive' -Start (Get-Date).AddDays(-1) -ResultSize Unlimited |
        Group-Object -Property 'Sender' |
        Sort-Object -Property 'Count' -Descending |
        Select-Object -First 10 -Property 'Count', 'Name'
}
