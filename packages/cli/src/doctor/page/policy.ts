/** The directives of one content security policy, by their names. */
export type Policy = ReadonlyMap<string, readonly string[]>

/** Reads the policies of an answer’s headers; each of them has to allow what is to be allowed. */
export function readPolicies(headers: Headers): Policy[] {
  return readList(headers.get('content-security-policy') ?? '')
}

/** Reads the policies that stand in a page itself. */
export function readMetaPolicies(html: string): Policy[] {
  const elements = html.match(/<meta\s[^>]*http-equiv=["']?content-security-policy\b[^>]*>/gi) ?? []
  return elements.flatMap((element) => {
    const [, , content = ''] = /\bcontent=(["'])([^]*?)\1/i.exec(element) ?? []
    return readList(content.replaceAll(/&#0?39;|&apos;/g, "'").replaceAll('&quot;', '"'))
  })
}

function readList(policies: string): Policy[] {
  const list = policies.split(',').map((policy) => policy.trim())
  return list.filter((policy) => policy !== '').map(readPolicy)
}

function readPolicy(text: string): Policy {
  const directives = new Map<string, readonly string[]>()
  for (const part of text.split(';')) {
    const [name = '', ...sources] = part.trim().split(/\s+/)
    // Of a directive that comes twice, the first counts.
    if (name !== '' && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources)
  }
  return directives
}

/**
 * Gives what a policy says of something, the most special directive first.
 *
 * @returns The sources that it allows; `undefined` where it allows all.
 */
export function sourcesOf(policy: Policy, names: readonly string[]): readonly string[] | undefined {
  return names.map((name) => policy.get(name)).find((sources) => sources !== undefined)
}

/** Tells whether sources allow an address, for a page of an origin. Nonces and hashes allow no address. */
export function allows(sources: readonly string[], address: URL, page: URL): boolean {
  return sources.some((source) => matches(source, address, page))
}

function matches(source: string, address: URL, page: URL): boolean {
  if (source === '*') return /^https?:$/.test(address.protocol)
  if (source === "'self'") return address.origin === page.origin
  if (/^[a-z][a-z\d+.-]*:$/i.test(source)) return address.protocol === source.toLowerCase()
  const [, scheme, host = '', port] =
    /^(?:([a-z][a-z\d+.-]*):\/\/)?(\*|(?:\*\.)?[\w.-]+|\[[\da-f:]+\])(?::(\d+|\*))?(?:\/.*)?$/i.exec(source) ?? []
  if (host === '') return false
  const isScheme = scheme === undefined || `${scheme.toLowerCase()}:` === address.protocol
  const usual = address.protocol === 'https:' ? '443' : '80'
  const isPort = port === '*' || (port ?? usual) === (address.port || usual)
  return isScheme && isPort && matchesHost(host.toLowerCase(), address.hostname)
}

function matchesHost(pattern: string, host: string): boolean {
  if (pattern === '*') return true
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern
}
