# Exchange Online (Connect-ExchangeOnline first): the same from the message trace.
if (Get-Command -Name 'Get-MessageTraceV2' -ErrorAction SilentlyContinue) {
    Get-MessageTraceV2 -StartDate (Get-Date).AddDays(-1) -EndDate (Get-Date) -ResultSize 5000 |
        Group-Object -Property 'SenderAddress' |
        Sort-Object -Property 'Count' -Descending |
        Select-Object -First 10 -Property 'Count', 'Name'
}
