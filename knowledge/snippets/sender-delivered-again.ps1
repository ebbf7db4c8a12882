# A message that was sent after the change leaves.
if ($Sender -and (Get-Command -Name 'Get-MessageTrackingLog' -ErrorAction SilentlyContinue)) {
    Get-MessageTrackingLog -Server $Server -Sender $Sender -Start (Get-Date).AddMinutes(-30) -ResultSize Unlimited |
        Format-Table 'Timestamp', 'EventId', 'Source', 'Recipients', 'RecipientStatus'
}
if ($Sender -and (Get-Command -Name 'Get-MessageTraceV2' -ErrorAction SilentlyContinue)) {
    Get-MessageTraceV2 -SenderAddress $Sender -StartDate (Get-Date).AddHours(-1) -EndDate (Get-Date) |
        Format-Table 'Received', 'RecipientAddress', 'Status'
}
