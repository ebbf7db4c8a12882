# The public address that the answer names, its name, and whether the name resolves back to the address.
$PublicAddress = ''
if ($PublicAddress) {
    $Names = Resolve-DnsName -Name $PublicAddress -Type PTR -DnsOnly -ErrorAction SilentlyContinue
    $Names | Format-Table 'Name', 'NameHost'
    foreach ($Name in $Names | Where-Object { $_.NameHost }) {
        Resolve-DnsName -Name $Name.NameHost -Type A_AAAA -DnsOnly -ErrorAction SilentlyContinue | Format-Table 'Name', 'IPAddress'
    }
}
