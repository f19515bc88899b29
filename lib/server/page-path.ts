/** How the proxy tells a page which address was asked for: Next tells it to nobody else on the server. */
export const PATH_HEADER = 'x-snapback-path'
