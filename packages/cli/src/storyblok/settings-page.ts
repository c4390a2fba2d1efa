/** Where a space's access tokens are made by hand. */
export function tokenSettingsPage(spaceId: string, region: string | undefined): string {
  const app = region === 'cn' ? 'https://app.storyblokchina.cn' : 'https://app.storyblok.com'
  return `${app}/#/me/spaces/${spaceId}/settings?tab=api`
}
