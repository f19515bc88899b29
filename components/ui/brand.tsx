/** The mark: something that comes back. */
export function Brand({ className }: { className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
    >
      <path d="M9 4.5 4.5 9 9 13.5M5 9h9.5a5 5 0 0 1 0 10H10" />
    </svg>
  )
}
