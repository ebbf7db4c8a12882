# A message that was sent after the change is delivered.
if ($Recipient -and (Get-Command -Name 'Get-MessageTrackingLog' -ErrorAction SilentlyContinue)) {
    Get-MessageTrackingLog -Server $Server -Recipients $Recipient -Start (Get-Date).AddMinutes(-30) -ResultSize Unlimited |
        Format-Table 'Timestamp', 'EventId', 'Source', 'Sender', 'RecipientStatus'
}
if ($Recipient -and (Get-Command -Name 'Get-MessageTraceV2' -ErrorAction SilentlyContinue)) {
    Get-MessageTraceV2 -RecipientAddress $Recipient -StartDate (Get-Date).AddHours(-1) -EndDate (Get-Date) |
        Format-Table 'Received', 'SenderAddress', 'Status'
}
