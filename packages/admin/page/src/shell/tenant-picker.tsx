import { useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import type { TenantsAnswer } from '../api/answers.ts';
import { parameters } from '../api/request-json.ts';
import { useAnswer } from '../api/use-answer.ts';
import type { Place } from '../place/place.ts';
import { go } from '../place/use-place.ts';
import { Icon } from './icon.tsx';

/** Whose numbers are shown: everybody's, or one of up to thousands of tenants, found by typing. */
export function TenantPicker({ place }: { readonly place: Place }) {
  const [isOpen, open] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const leave = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) open(false);
    };
    document.addEventListener('pointerdown', leave);
    return () => document.removeEventListener('pointerdown', leave);
  }, [isOpen]);
  const choose = (tenant: string | undefined) => {
    open(false);
    button.current?.focus();
    go({ tenant });
  };
  return (
    <div className="picker" ref={box}>
      <button
        ref={button}
        type="button"
        className="select-button"
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        onClick={() => open(!isOpen)}
        title={place.tenant}
      >
        <Icon name="tenants" />
        <span className="visually-hidden">Tenant: </span>
        <span className="select-text">{place.tenant ?? 'All tenants'}</span>
        <Icon name="down" />
      </button>
      {isOpen && <TenantList place={place} onChoose={choose} onClose={() => open(false)} />}
    </div>
  );
}

interface ListProps {
  readonly place: Place;
  readonly onChoose: (tenant: string | undefined) => void;
  readonly onClose: () => void;
}

function TenantList({ place, onChoose, onClose }: ListProps) {
  const [search, setSearch] = useState('');
  const asked = useDeferredValue(search);
  const [active, setActive] = useState(0);
  const id = useId();
  const { data, problem } = useAnswer<TenantsAnswer>(
    `tenants?${parameters({ search: asked, limit: 20, sort: 'tenant', order: 'asc' })}`,
    'tenant-picker',
    0,
  );
  const everyone = { key: 'all', tenant: undefined, text: 'All tenants' };
  // The list may still be the answer to what was typed before: nobody must be chosen that does not fit what is typed now.
  const found = (data?.tenants ?? []).filter(({ tenant }) =>
    tenant.toLowerCase().includes(search.toLowerCase()),
  );
  const options = [
    ...(search === '' ? [everyone] : []),
    ...found.map(({ tenant }) => ({ key: `t:${tenant}`, tenant, text: tenant })),
  ];
  const [awaited, awaitAnswerTo] = useState<string>();
  const first = options[0];
  useEffect(() => {
    if (awaited === search && first !== undefined) onChoose(first.tenant);
  });
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return (
    <div className="picker-menu">
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={options[active] && `${id}-${active}`}
        aria-label="Find a tenant"
        placeholder="Find a tenant"
        value={search}
        onChange={({ target: { value } }) => {
          setSearch(value);
          setActive(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setActive(Math.min(options.length - 1, active + 1));
          else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
          else if (event.key === 'Enter' && options[active]) onChoose(options[active].tenant);
          else if (event.key === 'Enter') awaitAnswerTo(search);
          else if (event.key === 'Escape') onClose();
          else return;
          event.preventDefault();
        }}
      />
      <div role="listbox" id={id} aria-label="Tenants">
        {options.map(({ key, tenant, text }, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the box above names the active option.
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the box above.
          <div
            key={key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={place.tenant === tenant}
            className={index === active ? 'option option-active' : 'option'}
            onClick={() => onChoose(tenant)}
            onPointerEnter={() => setActive(index)}
          >
            <span>{text}</span>
            {place.tenant === tenant && <Icon name="check" />}
          </div>
        ))}
      </div>
      {data !== undefined && data.tenants.length === 0 && (
        <p className="picker-note">No tenant is called that.</p>
      )}
      {problem !== undefined && <p className="picker-note">{problem.title}.</p>}
      {data !== undefined && data.total > data.tenants.length && (
        <p className="picker-note">{data.total} in all: type to find one.</p>
      )}
    </div>
  );
}
