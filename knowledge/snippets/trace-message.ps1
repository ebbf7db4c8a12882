# What became of the message, and of others from the same sender?
if ($MessageId -and (Get-Command -Name 'Get-MessageTrackingLog' -ErrorAction SilentlyContinue)) {
    Get-MessageTrackingLog -Server $Server -MessageId $MessageId -ResultSize Unlimited |
        Format-List 'Timestamp', 'EventId', 'Source', 'Sender', 'Recipients', 'MessageSubject', 'ConnectorId', 'RecipientStatus'
}
if ($MessageId -and (Get-Command -Name 'Get-MessageTraceV2' -ErrorAction SilentlyContinue)) {
    Get-MessageTraceV2 -MessageId $MessageId -StartDate (Get-Date).AddDays(-9) -EndDate (Get-Date) |
        Format-List 'Received', 'SenderAddress', 'RecipientAddress', 'Subject', 'Status', 'FromIP', 'ToIP'
}
