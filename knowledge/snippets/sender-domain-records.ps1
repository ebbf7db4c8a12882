# The domain of the From address, which need not be that of the envelope.
$SenderDomain = ($Sender -split '@')[-1]
if ($SenderDomain) {
    # SPF: exactly one record that begins with v=spf1.
    Resolve-DnsName -Name $SenderDomain -Type TXT -DnsOnly -ErrorAction SilentlyContinue |
        Where-Object { ($_.Strings -join '') -match '^v=spf1' } |
        ForEach-Object { $_.Strings -join '' }
    # DMARC: p= is what receivers are asked to do, aspf= and adkim= how closely the domains must match.
    Resolve-DnsName -Name "_dmarc.$SenderDomain" -Type TXT -DnsOnly -ErrorAction SilentlyContinue |
        ForEach-Object { $_.Strings -join '' }
    # DKIM: the names that Exchange Online uses; another signer has other selectors (s= in DKIM-Signature).
    foreach ($Selector in 'selector1', 'selector2') {
        Resolve-DnsName -Name "$Selector._domainkey.$SenderDomain" -Type TXT -DnsOnly -ErrorAction SilentlyContinue |
            Format-List 'Name', 'NameHost', 'Strings'
    }
}
