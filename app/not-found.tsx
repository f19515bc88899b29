import { MissingPage } from '../components/shell/missing-page.tsx'

export default function NotFound() {
  return (
    <main className="mx-auto max-w-[68rem] px-4 py-10">
      <MissingPage />
    </main>
  )
}
