import { notFound } from 'next/navigation'

/** Every other address: the page that says so has the shell around it, and who is not signed in learns nothing. */
export default function Page(): never {
  notFound()
}
