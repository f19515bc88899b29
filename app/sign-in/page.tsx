import { SignIn } from '../../components/sign-in/sign-in.tsx'
import { leaveWhenSignedIn } from '../../lib/server/auth-page.ts'

export default async function SignInPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const { next } = await searchParams
  await leaveWhenSignedIn(next)
  return <SignIn next={typeof next === 'string' ? next : undefined} />
}
